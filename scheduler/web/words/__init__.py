"""What the screens say, by subject: the field's terms, and sentences about the records."""
