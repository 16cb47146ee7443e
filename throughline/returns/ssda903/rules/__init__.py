"""The rules of the SSDA903, a file for each subject. Each rule is one function under its facts."""
