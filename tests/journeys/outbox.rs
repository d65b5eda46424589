//! Jobs are rows: done once, tried again, taken by one node only, never lost with a crash.

use app::Outgoing;
use chrono::{Duration, TimeDelta};
use domain::Locale;
use store::record::job;

fn mail(to: &str) -> Outgoing {
    Outgoing {
        edition: None,
        to: to.to_owned(),
        to_name: "张三".to_owned(),
        locale: Locale::ZhCn,
        mail: templates::mails::Mail {
            subject: "您的证件".to_owned(),
            text: "正文".to_owned(),
            html: "<p>正文</p>".to_owned(),
        },
        attachments: Vec::new(),
    }
}

both_databases! {
    async fn a_mail_leaves_once_and_only_with_the_commit(t: TestApp) {
        let work = t.app.begin(t.system()).await.expect("work");
        work.mail(mail("dropped@fairlead.example")).await.expect("queued");
        drop(work);
        let work = t.app.begin(t.system()).await.expect("work");
        work.mail(mail("kept@fairlead.example")).await.expect("queued");
        work.commit().await.expect("committed");
        let sent = t.mails().await;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert!(sent[0].contains("kept@fairlead.example"));
        assert_eq!(t.mails().await.len(), 1, "running again sends nothing again");
    }

    async fn a_dedup_key_makes_one_job(t: TestApp) {
        for _ in 0..3 {
            let work = t.app.begin(t.system()).await.expect("work");
            work.enqueue("nobody.knows.1", serde_json::json!({}), TimeDelta::zero(), Some("only".to_owned())).await.expect("queued");
            work.commit().await.expect("committed");
        }
        assert_eq!(app::jobs::run_due(&t.app, "a").await.expect("ran"), 1);
    }

    async fn a_failing_job_waits_longer_each_time_and_ends(t: TestApp) {
        let work = t.app.begin(t.system()).await.expect("work");
        work.enqueue("nobody.knows.1", serde_json::json!({}), TimeDelta::zero(), None).await.expect("queued");
        work.commit().await.expect("committed");
        let mut tries = 0;
        for _ in 0..40 {
            tries += app::jobs::run_due(&t.app, "a").await.expect("ran");
            t.wait(Duration::hours(7));
        }
        assert_eq!(tries, 8, "eight tries, then it is given up");
        let tx = t.app.store().begin().await.expect("tx");
        let due = job::claim(&tx, "a", t.now() + Duration::days(9), TimeDelta::minutes(1), 10).await.expect("an answer");
        assert!(due.is_empty());
    }

    async fn two_nodes_never_take_one_job(t: TestApp) {
        for _ in 0..10 {
            let work = t.app.begin(t.system()).await.expect("work");
            work.enqueue("nobody.knows.1", serde_json::json!({}), TimeDelta::zero(), None).await.expect("queued");
            work.commit().await.expect("committed");
        }
        let mut ids = Vec::new();
        for owner in ["a", "b"] {
            let tx = t.app.store().begin().await.expect("tx");
            let claimed = job::claim(&tx, owner, t.now(), TimeDelta::minutes(2), 6).await.expect("claimed");
            tx.commit().await.expect("committed");
            ids.extend(claimed.into_iter().map(|job| job.id));
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 10);
        // A node that died: its lease runs out and another takes the job.
        let tx = t.app.store().begin().await.expect("tx");
        let later = job::claim(&tx, "c", t.now() + Duration::minutes(3), TimeDelta::minutes(2), 20).await.expect("claimed");
        assert_eq!(later.len(), 10);
    }
}
