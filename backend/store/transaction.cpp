// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqlite3.h>

#include "store/connection.h"

namespace papilio::store
{

TrustedWriting::TrustedWriting(Project& project) : m_project(project)
{
    connection(m_project).tryExec("PRAGMA foreign_keys = OFF");
}

TrustedWriting::~TrustedWriting()
{
    connection(m_project).tryExec("PRAGMA foreign_keys = ON");
}

struct Transaction::Data {
    Connection& connection;
    bool outer = false; ///< the one that begins and commits; inner ones are savepoints in it
    bool open = false;
};

Transaction::Transaction(Project& project)
    : m_data(std::make_unique<Data>(Data{connection(project), connection(project).depth == 0}))
{
    Connection& connection = m_data->connection;
    ++connection.depth;
    if (m_data->outer) {
        connection.transactionError.reset();
    } else if (connection.transactionError) {
        return;
    }
    try {
        // IMMEDIATE: wait for the other writer now, not in the middle of the work.
        const char* const begin = connection.access() == Access::ReadWrite ? "BEGIN IMMEDIATE" : "BEGIN";
        Lease(connection, m_data->outer ? begin : "SAVEPOINT inner").run();
        m_data->open = true;
    } catch (const SQLite::Exception& exception) {
        // A constructor gives no result: every write until commit() answers with this, and so does commit().
        if (m_data->outer) {
            connection.transactionError = sqliteError(exception, connection.path());
        }
    }
}

Transaction::~Transaction()
{
    Connection& connection = m_data->connection;
    --connection.depth;
    if (m_data->outer) {
        connection.transactionError.reset();
    }
    if (m_data->open && sqlite3_get_autocommit(connection.getHandle()) == 0) {
        connection.tryExec(m_data->outer ? "ROLLBACK" : "ROLLBACK TO inner; RELEASE inner");
    }
}

Result<> Transaction::commit()
{
    Connection& connection = m_data->connection;
    if (connection.transactionError) {
        return tl::unexpected<Error>(*connection.transactionError);
    }
    if (!m_data->open || sqlite3_get_autocommit(connection.getHandle()) != 0) {
        return fail(ErrorCode::Io, "A transaction on the project '" + connection.path() + "' is not open any more.",
                    "Nothing of it is written; repeat it as a whole.");
    }
    try {
        Lease(connection, m_data->outer ? "COMMIT" : "RELEASE inner").run();
        m_data->open = false;
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(sqliteError(exception, connection.path()));
    }
    return {};
}

} // namespace papilio::store
