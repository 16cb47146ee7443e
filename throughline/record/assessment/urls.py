"""Addresses of this room."""

from django.urls import path

from throughline.record.assessment.views import acts, reading, signing, writing

app_name = "assessment"
urlpatterns = [
    path("child/<int:pk>/assessment/", acts.Begin.as_view(), name="begin"),
    path("child/<int:pk>/story/", reading.child_story, name="story"),
    path("child/<int:pk>/story.pdf", reading.child_story_pdf, name="story_pdf"),
    path("assessment/<int:pk>/", writing.write, name="write"),
    path("assessment/<int:pk>/heading/<slug:section>/<int:person>/", writing.WriteSection.as_view(), name="section"),
    path("assessment/<int:pk>/quote/<slug:section>/<int:person>/", writing.quote, name="quote"),
    path("assessment/quotation/<int:pk>/take-out/", writing.unquote, name="unquote"),
    path("assessment/<int:pk>/newer/", writing.move, name="move"),
    path("assessment/<int:pk>/voice/<int:child>/", acts.Voice.as_view(), name="voice"),
    path("assessment/<int:pk>/questioned/", acts.Question.as_view(), name="question"),
    path("assessment/<int:pk>/questioned/<int:challenge>/", acts.Revised.as_view(), name="revised"),
    path("assessment/<int:pk>/time-frame/", acts.Frame.as_view(), name="frame"),
    path("assessment/<int:pk>/review/", acts.Review.as_view(), name="review"),
    path("assessment/<int:pk>/continue/", acts.Continue.as_view(), name="continue"),
    path("assessment/<int:pk>/include/", acts.Include.as_view(), name="include"),
    path("assessment/<int:pk>/sign/", signing.Sign.as_view(), name="sign"),
    path("assessment/<int:pk>/return/", signing.Return.as_view(), name="return"),
    path("assessment/<int:pk>/add/", signing.Add.as_view(), name="add"),
    path("assessment/<int:pk>/sharing/", reading.sharing, name="sharing"),
    path("assessment/<int:pk>/sharing/answer/", signing.Allow.as_view(), name="allow"),
    path("assessment/<int:pk>/sharing/answer/<int:consent>/", signing.Withdraw.as_view(), name="withdraw"),
    path("assessment/<int:pk>/sharing/given/", signing.Give.as_view(), name="give"),
    path("assessment/<int:pk>/sharing/talked-through/", signing.Discuss.as_view(), name="discuss"),
    path("assessment/<int:pk>/read/", reading.read, name="read"),
    path("assessment/<int:pk>/family-copy/", reading.family_copy, name="family_copy"),
    path("assessment/<int:pk>/family-copy.pdf", reading.family_copy_pdf, name="family_copy_pdf"),
    path("assessment/<int:pk>/own-copy/<int:child>/", reading.child_copy, name="child_copy"),
    path("assessment/<int:pk>/own-copy/<int:child>.pdf", reading.child_copy_pdf, name="child_copy_pdf"),
    path("assessment/<int:pk>/own-copy/<int:child>/shared/", reading.fit, name="fit"),
]
