from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "throughline.record.assessment"
    label = "assessment"
