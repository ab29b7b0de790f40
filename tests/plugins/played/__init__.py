"""A year played through: its people at their browsers, and a second reading of the record.

What is reckoned here shares no code with the application: it reads bare rows and the acts that the
people of the play did, so that it can say what the record ought to say.
"""
