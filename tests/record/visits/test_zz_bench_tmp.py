import statistics, time
def test_bench(cast):
    from django.utils import timezone
    from throughline.record.journey.actions import Part
    from throughline.record.visits import actions, queries
    t=[]
    for _ in range(40):
        a=time.perf_counter()
        actions.record_visit(by=cast.social_worker,family=cast.family,parts=[Part(cast.ada,seen=True,said="x"),Part(cast.ben,seen=False),Part(cast.unborn)],happened_on=timezone.localdate(),where="home",words="y"*500)
        t.append((time.perf_counter()-a)*1000)
    u=[]
    for _ in range(20):
        a=time.perf_counter(); queries.unseen(cast.social_worker,[cast.ada.pk,cast.ben.pk],timezone.localdate()); u.append((time.perf_counter()-a)*1000)
    print("VISIT ms median",statistics.median(t),"max",max(t),"unseen",statistics.median(u))
