"""What three published papers print, beside what this site computes from the same tables."""
