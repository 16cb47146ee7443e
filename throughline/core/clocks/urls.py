"""Addresses of time frames."""

from django.urls import path

from throughline.core.clocks import views

app_name = "clocks"
urlpatterns = [
    path("time-frame/<int:pk>/", views.frame, name="frame"),
    path("time-frame/<int:pk>/move/", views.MoveFrame.as_view(), name="move"),
    path("time-frame/<int:pk>/review/", views.ReviewFrame.as_view(), name="review"),
    path("time-frame/<int:pk>/explain/", views.ExplainFrame.as_view(), name="explain"),
    path("time-frame/told/<int:pk>/", views.Tell.as_view(), name="tell"),
    path("child/<int:pk>/time-frame/", views.Agree.as_view(), name="agree"),
]
