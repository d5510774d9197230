"""What our words mean: plain, frozen values that know nothing but themselves."""
