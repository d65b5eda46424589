//! What tests stand on: databases to throw away, an app to talk to, and the verbs users use.

pub mod postgres;

#[test]
fn a_cluster_makes_and_copies_databases() {
    let cluster = postgres::Cluster::join();
    let name = format!("probe_{}", std::process::id());
    let copy = format!("{name}_copy");
    cluster.create(&name);
    cluster.copy(&name, &copy);
    assert!(cluster.has(&copy));
    cluster.remove(&name);
    cluster.remove(&copy);
    assert!(!cluster.has(&name));
}
