"""Addresses of plans."""

from django.urls import path

from throughline.record.plans import views

app_name = "plans"
urlpatterns = [
    path("child/<int:pk>/plan/", views.Begin.as_view(), name="begin"),
    path("plan/<int:pk>/", views.plan, name="plan"),
    path("plan/<int:pk>/versions/", views.versions, name="versions"),
    path("plan/<int:pk>/change/", views.Revise.as_view(), name="revise"),
    path("plan/<int:pk>/action/", views.AddAction.as_view(), name="add_action"),
    path("plan/action/<int:pk>/done/", views.Done.as_view(), name="done"),
    path("plan/<int:pk>/progress/", views.NoteProgress.as_view(), name="progress"),
    path("plan/<int:pk>/review/", views.Review.as_view(), name="review"),
    path("plan/<int:pk>/supervision/", views.Discuss.as_view(), name="discuss"),
    path("plan/<int:pk>/close/", views.Close.as_view(), name="close"),
]
