"""Who argues what in a court's ruling: the applicant, the State, the court itself, a third party."""
