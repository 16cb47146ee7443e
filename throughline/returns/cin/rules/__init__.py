"""The rules, one package a collection year."""
