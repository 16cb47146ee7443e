"""The Children in Need census: its layout, its file in both directions, and its rules.

Source: Department for Education, *Children in need census: guide for local authorities*, one for each
collection year. "Year 2026" means the collection from 1 April 2025 to 31 March 2026.
"""
