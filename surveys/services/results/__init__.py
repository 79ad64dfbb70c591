"""Results of a survey, read in bounded memory: the database counts equal answers."""
