"""Making the models that amparo reads with; needs torch, and is no part of the library."""
