from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "throughline.web"
    label = "web"

    def ready(self) -> None:
        from throughline.web.sign_in import account  # noqa: F401  (listens to sign-ins)
