"""The forms of accounts, organizations, their people and their strategies."""
