// SPDX-License-Identifier: GPL-3.0-or-later
#include <SQLiteCpp/SQLiteCpp.h>

#include "store/source.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{
using Cells = std::vector<std::string>;
} // namespace

class StoreSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeBackAsTheyWere()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t dataset = addDataset(*project, "d");
        SourceRows source(*project);
        const Cells names{"smiles", "a \"quoted\" name", "", "Größe"};
        QVERIFY(ok(source.setColumns(dataset, names, "{\"structure\":0}")));
        const std::vector<Cells> first{{"CCO", "", "", "1"}, {"", "", "", ""}, {}, {"C\nC", "=1+1", "ü"}};
        const std::vector<Cells> second{{std::string(300000, 'x'), "", "y"}};
        QVERIFY(ok(source.add(dataset, 0, first)));
        QVERIFY(ok(source.add(dataset, 4, second)));
        QVERIFY(ok(source.add(dataset, 5, {}))); // nothing
        QCOMPARE(source.columns(dataset).value(), names);
        QCOMPARE(source.plan(dataset).value(), std::string("{\"structure\":0}"));
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(source.row(dataset, static_cast<std::int64_t>(i)).value().value(), first[i]);
        }
        QCOMPARE(source.row(dataset, 4).value().value(), second[0]);
        QVERIFY(!source.row(dataset, 5).value() && !source.row(dataset, -1).value());
        std::vector<std::int64_t> seen;
        QVERIFY(ok(source.each(dataset, [&](std::int64_t row, const Cells&) {
            seen.push_back(row);
            return row < 4;
        })));
        QCOMPARE(seen, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
        SQLite::Database database(folder.file("p.papilio"));
        const int bytes = database.execAndGet("SELECT sum(length(packed)) FROM source_chunks").getInt();
        QVERIFY(bytes > 0 && bytes < 3000); // of 300,000
        QVERIFY(ok(Datasets(*project).remove(dataset)));
        QVERIFY(!source.has(dataset).value());
    }

    void whatReadingFoundIsKept()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t dataset = addDataset(*project, "d");
        SourceRows source(*project);
        const std::vector<SourceRow> rows{{{"CC", "1"}, "a title", "", "a repair"}, {{}, "text", "a problem", ""}};
        QVERIFY(ok(source.addPacked(dataset, 7, 2, SourceRows::pack(rows))));
        const auto back = source.record(dataset, 8).value();
        QVERIFY(back && back->problem == "a problem" && back->title == "text" && back->cells.empty());
        QCOMPARE(source.record(dataset, 7).value()->repair, std::string("a repair"));
    }

    /// What was written with zlib, before there was zstd: format 1, rows, bytes, and the stream.
    void rowsOfTheFirstFormatAreRead()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t dataset = addDataset(*project, "d");
        const QByteArray raw("\0\2\3CCO\3" "1.5\0\1\1N", 14); // nothing besides the cells; two of them, with their lengths
        const QByteArray packed = QByteArray("\1\0\2", 3) + static_cast<char>(raw.size()) + qCompress(raw).mid(4);
        SourceRows source(*project);
        QVERIFY(ok(source.addPacked(dataset, 0, 2, packed.toStdString())));
        QCOMPARE(source.row(dataset, 0).value().value(), (Cells{"CCO", "1.5"}));
        QCOMPARE(source.row(dataset, 1).value().value(), (Cells{"N"}));
        const QByteArray later = QByteArray("\3\0\2", 3) + packed.mid(3);
        QVERIFY(ok(source.addPacked(dataset, 2, 2, later.toStdString())));
        QVERIFY(failsWith(source.row(dataset, 2), ErrorCode::Damaged, {project->path()})); // a format that is not known
    }

    void olderProjectsHaveNone()
    {
        const TestFolder folder;
        std::int64_t dataset = 0;
        {
            auto project = Project::create(folder.file("p.papilio"));
            dataset = addDataset(*project, "old");
            project->database().exec("DROP TABLE sources; DROP TABLE source_chunks; PRAGMA user_version = 3");
        }
        auto reader = Project::open(folder.file("p.papilio"), Access::ReadOnly);
        QVERIFY(ok(reader));
        const SourceRows source(*reader);
        QVERIFY(!source.has(dataset).value());
        QVERIFY(failsWith(source.columns(dataset), ErrorCode::Unsupported, {"'old'", "older Papilio", "--replace"}));
        QVERIFY(!source.row(dataset, 0).value());
    }

    void damageIsSaid()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t dataset = addDataset(*project, "d");
        SourceRows source(*project);
        std::string packed = SourceRows::pack(std::vector<SourceRow>{{{"CC", "1"}, "", "", ""}});
        packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
        QVERIFY(ok(source.addPacked(dataset, 0, 1, packed)));
        QVERIFY(failsWith(source.row(dataset, 0), ErrorCode::Damaged, {"dataset " + std::to_string(dataset)}));
        for (std::size_t length = 0; length < packed.size(); ++length) { // cut off anywhere
            const std::int64_t row = 10 + static_cast<std::int64_t>(length);
            QVERIFY(ok(source.addPacked(dataset, row, 1, packed.substr(0, length))));
            QVERIFY(!source.row(dataset, row));
        }
    }
};

QTEST_GUILESS_MAIN(StoreSourceTest)
#include "tst_store_source.moc"
