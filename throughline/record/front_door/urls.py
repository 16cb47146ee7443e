"""Addresses of this room."""

from django.urls import path

from throughline.record.front_door.views import following, naming, pages, sheets

app_name = "front_door"
urlpatterns = [
    path("front-door/", pages.front_door, name="list"),
    path("front-door/numbers/", pages.numbers, name="numbers"),
    path("front-door/contact/", sheets.begin_contact, name="contact"),
    path("front-door/contact/<slug:sheet>/", sheets.TakeContact.as_view(), name="contact_sheet"),
    path("front-door/consultation/", sheets.begin_consultation, name="consultation"),
    path("front-door/consultation/<slug:sheet>/", sheets.Consult.as_view(), name="consultation_sheet"),
    *(
        path(f"front-door/{what}/<slug:sheet>/people/", naming.people, {"what": what}, name=f"{what}_people")
        for what in naming.TITLES
    ),
    *(
        path(f"front-door/{what}/<slug:sheet>/people/new/", naming.Create.as_view(), {"what": what}, name=f"{what}_new")
        for what in naming.TITLES
    ),
    path("front-door/<int:pk>/", pages.contact, name="open"),
    path("front-door/<int:pk>/refer/", following.refer, name="refer"),
    path("front-door/<int:pk>/pass-on/", following.PassOn.as_view(), name="pass_on"),
    path("front-door/<int:pk>/decide/", following.Decide.as_view(), name="decide"),
    path("front-door/<int:pk>/tell/", following.Tell.as_view(), name="tell"),
    path("front-door/<int:pk>/sharing/", following.Complete.as_view(), name="sharing"),
]
