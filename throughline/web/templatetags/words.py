"""Small words of templates: dates, ages, labels."""

from django import template

register = template.Library()
