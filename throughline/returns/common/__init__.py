"""What both returns share: safe reading of files, dates, findings' reports and reference data."""
