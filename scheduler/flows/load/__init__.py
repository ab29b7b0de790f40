"""Who does how much: hours, travel, fairness, by person, organisation and municipality."""
