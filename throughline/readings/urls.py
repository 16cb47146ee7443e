"""Addresses of this room."""

from django.urls import URLPattern, path

from throughline.readings import views

app_name = "readings"
urlpatterns: list[URLPattern] = [
    path("returns/cin/", views.imports, name="imports"),
    path("returns/cin/import/<int:pk>/", views.one_import, name="import"),
    path("returns/cin/export/", views.export, name="export"),
    path("returns/cin/export/file/", views.download, name="download"),
]
