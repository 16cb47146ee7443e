"""Addresses of this room."""

from django.urls import path

from throughline.record.families.views import joining, living, pages

app_name = "families"
urlpatterns = [
    path("family/<int:pk>/", pages.family, name="family"),
    path("child/<int:pk>/family/", pages.of, name="of"),
    path("child/<int:pk>/family/begin/", pages.begin, name="begin"),
    path("child/<int:pk>/family/place/", joining.Place.as_view(), name="place"),
    path("family/<int:pk>/add/", pages.add, name="add"),
    path("family/<int:pk>/add/<int:person>/", joining.Join.as_view(), name="join"),
    path("family/<int:pk>/add-new/<int:person>/", joining.JoinNew.as_view(), name="join_new"),
    path("family/<int:pk>/new/", joining.CreateMember.as_view(), name="create"),
    path("family/<int:pk>/member/<int:row>/end/", joining.Leave.as_view(), name="leave"),
    path("family/<int:pk>/relate/", living.Relate.as_view(), name="relate"),
    path("family/<int:pk>/tie/<int:row>/", living.Responsibility.as_view(), name="responsibility"),
    path("family/<int:pk>/tie/<int:row>/end/", living.EndTie.as_view(), name="end_tie"),
    path("family/<int:pk>/household/", living.AddHousehold.as_view(), name="household"),
    path("family/<int:pk>/household/<int:row>/", living.MoveIn.as_view(), name="move_in"),
    path("family/<int:pk>/professional/", living.AddProfessional.as_view(), name="professional"),
    path("family/<int:pk>/<slug:part>/<int:row>/end/", living.End.as_view(), name="end"),
]
