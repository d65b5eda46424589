//! Opening the database, migrating it once, and the two ways in: [`Reader`] and [`Tx`].

use crate::{Fault, Outcome};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait, sqlx,
};

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::{path::PathBuf, str::FromStr, time::Duration};

/// How long a writer waits for another process that holds SQLite's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The key of the advisory lock under which one node migrates ("fairlead" in ASCII).
const MIGRATION_LOCK: i64 = 0x6661_6972_6c65_6164;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// SQLite, inside the binary.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The connections. Clones share them.
#[derive(Clone)]
pub struct Store {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    backend: Backend,
    url: String,
    file: Option<PathBuf>,
}

/// Read-only access: all that pages and the API get. On SQLite its connections cannot write at all.
#[derive(Clone)]
pub struct Reader {
    pub(crate) db: DatabaseConnection,
    pub(crate) backend: Backend,
}

/// A write transaction. Dropping it undoes everything; committing is by name.
pub struct Tx {
    pub(crate) db: DatabaseTransaction,
    pub(crate) backend: Backend,
}

/// How PostgreSQL is to plan, unless the address says otherwise (`?options=…`). The usual price of a random page is that
/// of a turning disk: a thousand badges by their codes are then looked for in all of them. Machine code pays for
/// questions of seconds; ours take milliseconds.
fn planning(options: PgConnectOptions) -> PgConnectOptions {
    match options.get_options() {
        Some(_) => options,
        None => options.options([("random_page_cost", "1.1"), ("jit", "off")]),
    }
}

impl Store {
    /// Opens `sqlite:PATH` (made if missing) or `postgres://…`, with at most `connections` of them.
    ///
    /// # Errors
    /// When the address is not one of the two, or the database cannot be reached.
    pub async fn open(url: &str, connections: u32) -> Outcome<Self> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, connections).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut options = ConnectOptions::new(url);
            options.max_connections(connections.max(2)).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
            options.map_sqlx_postgres_opts(planning);
            let db = Database::connect(options).await?;
            Ok(Self { writer: db.clone(), reader: db, backend: Backend::Postgres, url: url.to_owned(), file: None })
        } else {
            Err(Fault::Address("it begins neither with sqlite: nor with postgres:".to_owned()))
        }
    }

    async fn open_sqlite(url: &str, connections: u32) -> Outcome<Self> {
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() || path.contains(":memory:") {
            return Err(Fault::Address("SQLite needs a file: memory databases cannot be shared by readers".to_owned()));
        }
        let file = PathBuf::from(path);
        if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| Fault::File(folder.display().to_string(), e))?;
        }
        let options = SqliteConnectOptions::from_str("sqlite:")
            .map_err(|e| Fault::Address(e.to_string()))?
            .filename(&file)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: NORMAL lost acknowledged commits in a replayed power cut.
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory")
            // Rows come over from the thread that reads them; with the usual 50 it falls asleep twice for each hundred.
            .row_buffer_size(1024);
        // One writer: SQLite has one anyway, and waiting in our queue is fairer and faster than in its busy loop.
        // It reads and writes the indexes of the scan log all over, so its cache is larger; it grows as far as it is
        // used. Not larger still: a commit after pages changed places walks all of it.
        let writing = options.clone().pragma("cache_size", "-32000");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(writing.create_if_missing(true))
            .await
            .map_err(|e| Fault::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e.into()))))?;
        let reader = SqlitePoolOptions::new()
            .max_connections(connections.max(1))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self {
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
            reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
            backend: Backend::Sqlite,
            url: url.to_owned(),
            file: Some(file),
        })
    }

    /// Which database it is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The address it was opened with. May hold a password: not for logs.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    /// Read-only access.
    pub fn reader(&self) -> Reader {
        Reader { db: self.reader.clone(), backend: self.backend }
    }

    /// Begins a write transaction: *immediate* on SQLite, so that a reader never turns writer half-way and fails.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Outcome<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx { db: self.writer.begin_with_options(options).await?, backend: self.backend })
    }

    /// Applies what is missing of the schema, under a lock, so that two starting nodes do not migrate twice.
    /// Returns how many migrations ran.
    ///
    /// # Errors
    /// When a migration fails; it is then undone as a whole.
    pub async fn migrate(&self) -> Outcome<usize> {
        match self.backend {
            Backend::Sqlite => {
                let path = self.file.as_ref().map(|f| f.with_extension("migrating")).unwrap_or_default();
                let name = path.display().to_string();
                let lock = std::fs::File::create(&path).map_err(|e| Fault::File(name.clone(), e))?;
                let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock))
                    .await
                    .map_err(|e| Fault::File(name.clone(), std::io::Error::other(e)))?
                    .map_err(|e| Fault::File(name, e))?;
                let ran = self.migrate_alone().await;
                drop(lock);
                std::fs::remove_file(&path).ok();
                ran
            }
            Backend::Postgres => {
                // Its own connection: the lock belongs to the session and must outlive the migrations' transactions.
                let session = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(&self.url).await;
                let session =
                    session.map_err(|e| Fault::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e.into()))))?;
                let session = SqlxPostgresConnector::from_sqlx_postgres_pool(session);
                session.execute_unprepared(&format!("select pg_advisory_lock({MIGRATION_LOCK})")).await?;
                let ran = self.migrate_alone().await;
                session.close().await?;
                ran
            }
        }
    }

    async fn migrate_alone(&self) -> Outcome<usize> {
        let pending = self.pending_migrations().await?;
        Migrator::up(&self.writer, None).await?;
        Ok(pending)
    }

    /// How many migrations have not run here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pending_migrations(&self) -> Outcome<usize> {
        Ok(Migrator::get_pending_migrations(&self.writer).await?.len())
    }

    /// Asks the writer for a sign of life.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ping(&self) -> Outcome<()> {
        self.writer.ping().await?;
        Ok(())
    }

    /// Writes a consistent copy of an SQLite database to `target` while it is in use.
    ///
    /// # Errors
    /// On PostgreSQL (use `pg_dump`), or when the file exists or cannot be written.
    pub async fn copy_to(&self, target: &str) -> Outcome<()> {
        if self.backend != Backend::Sqlite {
            return Err(Fault::Address("only SQLite can be copied to a file".to_owned()));
        }
        let statement =
            Statement::from_sql_and_values(self.reader.get_database_backend(), "vacuum into $1", [target.into()]);
        self.writer.execute_raw(statement).await?;
        Ok(())
    }

    /// Asks the database whether it is sound. Empty when it is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check(&self) -> Outcome<Vec<String>> {
        use crate::Query;
        if self.backend == Backend::Postgres {
            return Ok(Vec::new());
        }
        let reader = self.reader();
        let mut problems = Vec::new();
        for row in reader.rows("pragma integrity_check", vec![]).await? {
            let line: String = row.get(0)?;
            if line != "ok" {
                problems.push(line);
            }
        }
        for row in reader.rows("select \"table\" from pragma_foreign_key_check limit 20", vec![]).await? {
            problems.push(format!("foreign key: {}", row.get::<String>(0)?));
        }
        Ok(problems)
    }

    /// Closes all connections; the last act before the program ends.
    pub async fn close(self) {
        self.writer.close().await.ok();
        self.reader.close().await.ok();
    }
}

impl Tx {
    /// Makes everything done here last. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn commit(self) -> Outcome<()> {
        self.db.commit().await?;
        Ok(())
    }
}
