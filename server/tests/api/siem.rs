//! The feed of a collector, with a real one: rsyslog, over TCP and over TLS.
//!
//! The rule: every row of the trail arrives, also what was written while the collector was away. Deliberately absent: that each
//! arrives once. `make test` installs it; where it is not there a test fails, unless `SHENDU_TEST_WITHOUT_PROGRAMS` is set.

use crate::{
    processes::Server,
    support::{School, seed},
};
use std::{
    collections::BTreeSet,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

pub(super) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let found = path.split(':').chain(["/usr/sbin", "/sbin"]).map(|folder| Path::new(folder).join(name)).find(|program| program.is_file());
    let without = std::env::var_os("SHENDU_TEST_WITHOUT_PROGRAMS").is_some();
    assert!(found.is_some() || without, "{name} is not there: `make setup-test` installs it");
    found
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A program of the test's own, until it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn rsyslog(program: &Path, folder: &Path, port: u16) -> Running {
    rsyslog_with(program, folder, port, "", "")
}

/// The same over TLS, with a key and its certificate, for whoever connects.
fn rsyslog_over_tls(program: &Path, folder: &Path, port: u16, (key, certificate): (&str, &str)) -> Running {
    let driver = format!(
        " defaultNetstreamDriver=\"ossl\" defaultNetstreamDriverCAFile=\"{certificate}\" \
         defaultNetstreamDriverCertFile=\"{certificate}\" defaultNetstreamDriverKeyFile=\"{key}\""
    );
    rsyslog_with(program, folder, port, &driver, " streamDriver.name=\"ossl\" streamDriver.mode=\"1\" streamDriver.authMode=\"anon\"")
}

fn rsyslog_with(program: &Path, folder: &Path, port: u16, global: &str, input: &str) -> Running {
    let config = folder.join("rsyslog.conf");
    let written = format!(
        "global(workDirectory=\"{0}\" maxMessageSize=\"64k\"{global})\nmodule(load=\"imtcp\"{input})\n\
         template(name=\"whole\" type=\"string\" string=\"%rawmsg%\\n\")\n\
         ruleset(name=\"school\") {{ action(type=\"omfile\" file=\"{0}/received\" template=\"whole\") }}\n\
         input(type=\"imtcp\" port=\"{port}\" address=\"127.0.0.1\" ruleset=\"school\")\n",
        folder.display()
    );
    fs::write(&config, written).unwrap();
    let mut command = Command::new(program);
    command.arg("-n").arg("-f").arg(&config).arg("-i").arg(folder.join("pid"));
    Running(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

/// The numbers of the rows in what was received.
fn rows(received: &str) -> BTreeSet<i64> {
    let number = |line: &str| line.split_once("seq=\"")?.1.split_once('"')?.0.parse().ok();
    received.lines().filter_map(number).collect()
}

/// Waits until the file holds every row of the trail after one.
async fn complete(school: &School, file: &Path, after: i64) -> String {
    let mut received = String::new();
    for _ in 0..300 {
        received = fs::read_to_string(file).unwrap_or_default();
        let last = school.trail_length().await;
        if (after + 1..=last).all(|row| rows(&received).contains(&row)) {
            return received;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("of the rows after {after} there are {:?}", rows(&received));
}

#[tokio::test]
async fn a_collector_gets_every_row_also_of_the_time_while_it_was_away_and_nothing_personal() {
    let Some(program) = program("rsyslogd") else { return };
    let school = School::open().await;
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let received = folder.path().join("received");
    let before = school.trail_length().await;
    // The school is there first: what happens meanwhile waits in the trail.
    let server = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}")]).await;
    let (li, wu) = (school.consultant().await, school.registrar().await);
    let known = seed::known(&li).await;
    let collector = rsyslog(&program, folder.path(), port);
    let why = serde_json::json!({ "field": "guardian.phone", "reason": { "code": "other", "text": "改期告知" } });
    li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), why).await.is(200);
    let text = complete(&school, &received, before).await;
    let line = text.lines().find(|line| line.contains(" revealed ")).unwrap();
    for part in
        ["<109>1 ", " localhost shendu - revealed [trail@32473 ", "fields=\"guardian.phone:clear\"", "reason=\"other\" signed=\"true\"]"]
    {
        assert!(line.contains(part), "{line}");
    }
    drop(collector);
    for _ in 0..5 {
        wu.get("/api/families").await.is(200);
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    wu.get("/api/families").await.is(200);
    let collector = rsyslog(&program, folder.path(), port);
    let text = complete(&school, &received, before).await;
    for value in [seed::VALUES.phone, seed::VALUES.guardian, seed::VALUES.student, "老师", "改期告知", "100****"] {
        assert!(!text.contains(value), "{value}");
    }
    // Another server goes on where this one stopped: what had settled is not sent again.
    let last = school.trail_length().await;
    let noted = || fs::read_to_string(school.place.fed()).unwrap().trim().parse::<i64>().unwrap();
    for _ in 0..300 {
        if noted() == last {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(noted(), last);
    drop(server);
    let many = fs::read_to_string(&received).unwrap().lines().count();
    let server = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}")]).await;
    wu.get("/api/families").await.is(200);
    let text = complete(&school, &received, before).await;
    assert_eq!(text.lines().count(), many + 1);
    drop((server, collector));
}

#[tokio::test]
async fn what_a_collector_that_hangs_did_not_take_does_not_count_as_received() {
    let Some(program) = program("rsyslogd") else { return };
    let school = School::open().await;
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let received = folder.path().join("received");
    let before = school.trail_length().await;
    let collector = rsyslog(&program, folder.path(), port);
    let server = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}")]).await;
    let wu = school.registrar().await;
    wu.get("/api/families").await.is(200);
    complete(&school, &received, before).await;
    // It hangs: its machine goes on taking what fits, and no more.
    let stopped = Command::new("kill").args(["-STOP", &collector.0.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    for _ in 0..1_000 {
        wu.get("/api/families?limit=1").await.is(200);
    }
    let last = school.trail_length().await;
    tokio::time::sleep(Duration::from_secs(22)).await;
    let noted = fs::read_to_string(school.place.fed()).unwrap().trim().parse::<i64>().unwrap();
    assert!(noted < last, "rows count as received that lie in a buffer of ours");
    // It dies with what it had not read. Another one gets whatever was not noted.
    drop(collector);
    let collector = rsyslog(&program, folder.path(), port);
    complete(&school, &received, noted).await;
    drop((server, collector));
}

#[tokio::test]
async fn a_feed_that_is_ahead_of_a_database_put_back_begins_with_what_comes_and_the_doctor_says_so_before() {
    let Some(program) = program("rsyslogd") else { return };
    let school = School::open().await;
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let before = school.trail_length().await;
    fs::write(school.place.fed(), format!("{}\n", before + 100)).unwrap();
    let doctor = Command::new(env!("CARGO_BIN_EXE_shendu")).args(["doctor", "--data"]).arg(&school.place.data).output().unwrap();
    let said = String::from_utf8_lossy(&doctor.stdout).into_owned() + &String::from_utf8_lossy(&doctor.stderr);
    assert!(!doctor.status.success() && said.contains("rows ahead: was an older database put back?"), "{said}");
    let collector = rsyslog(&program, folder.path(), port);
    let server = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}")]).await;
    for _ in 0..100 {
        if fs::read_to_string(school.place.fed()).unwrap().trim().parse::<i64>().unwrap() <= school.trail_length().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let begun = school.trail_length().await;
    school.registrar().await.get("/api/families").await.is(200);
    complete(&school, &folder.path().join("received"), begun).await;
    drop((server, collector));
}

#[tokio::test]
async fn the_other_two_formats_arrive_whole_through_a_real_collector() {
    let Some(program) = program("rsyslogd") else { return };
    for (format, begins) in [("cef", "CEF:0|Shendu|shendu|"), ("ocsf", "{")] {
        let school = School::open().await;
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        let received = folder.path().join("received");
        let collector = rsyslog(&program, folder.path(), port);
        let server = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}"), "--siem-format", format]).await;
        let li = school.consultant().await;
        let known = seed::known(&li).await;
        li.reveal(&format!("/api/guardians/{}/reveals", known.guardian), seed::because("guardian.phone")).await.is(200);
        let mut message = String::new();
        for _ in 0..100 {
            let text = fs::read_to_string(&received).unwrap_or_default();
            if let Some((_, said)) = text.lines().find_map(|line| line.split_once(" shendu - revealed - ")) {
                message = said.to_owned();
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(message.starts_with(begins), "{format}: {message}");
        if format == "ocsf" {
            let event: serde_json::Value = serde_json::from_str(&message).unwrap();
            assert_eq!((&event["type_uid"], &event["unmapped"]["fields"]), (&600_501.into(), &"guardian.phone:clear".into()));
        } else {
            assert!(message.contains("|revealed|revealed|5|rt=") && message.contains(" fields=guardian.phone:clear "), "{message}");
        }
        assert!(!fs::read_to_string(&received).unwrap().contains(seed::VALUES.guardian));
        drop((server, collector));
    }
}

/// A key and a certificate of this machine, made by openssl.
pub(super) fn certificate(openssl: &Path, folder: &Path) -> (String, String) {
    let [key, certificate] = ["key.pem", "cert.pem"].map(|name| folder.join(name).display().to_string());
    let made = Command::new(openssl)
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", &key, "-out", &certificate])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (key, certificate)
}

#[tokio::test]
async fn over_tls_a_collector_is_fed_that_the_operator_vouches_for_and_no_other() {
    let (Some(openssl), Some(program)) = (program("openssl"), program("rsyslogd")) else { return };
    let school = School::open().await;
    let folder = tempfile::tempdir().unwrap();
    let (key, certificate) = certificate(&openssl, folder.path());
    let (port, received) = (free_port(), folder.path().join("received"));
    let collector = rsyslog_over_tls(&program, folder.path(), port, (&key, &certificate));
    let before = school.trail_length().await;
    let url = format!("tls://localhost:{port}");
    let stranger = Server::start_with(&school, &["--siem", &url]).await;
    school.registrar().await.get("/api/families").await.is(200);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(fs::read_to_string(&received).unwrap_or_default(), "", "nobody vouches for this collector");
    drop(stranger);
    let server = Server::start_with(&school, &["--siem", &url, "--siem-ca", &certificate, "--siem-format", "rfc5424"]).await;
    school.registrar().await.get("/api/families").await.is(200);
    let text = complete(&school, &received, before).await;
    assert!(text.lines().any(|line| line.starts_with("<110>1 ") && line.contains(" listed [trail@32473 ")), "{text}");
    // In the clear it is told nothing.
    let in_the_clear = Server::start_with(&school, &["--siem", &format!("tcp://127.0.0.1:{port}")]).await;
    drop(server);
    let many = rows(&fs::read_to_string(&received).unwrap()).len();
    school.registrar().await.get("/api/families").await.is(200);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(rows(&fs::read_to_string(&received).unwrap()).len(), many);
    drop(in_the_clear);
    drop(collector);
}

#[test]
fn what_is_no_collector_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    for (flags, said) in [
        (vec!["--siem", "udp://collector.example:514"], "must be a URL such as tcp://"),
        (vec!["--siem", "collector.example"], "must be a URL such as tcp://"),
        (vec!["--siem", "tls://collector.example", "--siem-ca", "/nowhere.pem"], "the certificates in /nowhere.pem cannot be used"),
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_shendu")).args(["serve", "--data"]).arg(folder.path()).args(flags).output().unwrap();
        assert!(!done.status.success());
        assert!(String::from_utf8_lossy(&done.stderr).contains(said), "{}", String::from_utf8_lossy(&done.stderr));
    }
}
