"""Addresses of documents."""

from django.urls import path

from throughline.core.documents import views

app_name = "documents"
urlpatterns = [
    path("child/<int:pk>/documents/", views.all_of, name="all"),
    path("child/<int:pk>/documents/new/", views.Keep.as_view(), name="keep"),
    path("document/<int:pk>/", views.file, name="file"),
    path("document/<int:pk>/about/", views.about, name="about"),
    path("document/<int:pk>/version/<int:number>/", views.file, name="version"),
    path("document/<int:pk>/newer/", views.AddVersion.as_view(), name="add_version"),
    path("document/<int:pk>/describe/", views.Describe.as_view(), name="describe"),
]
