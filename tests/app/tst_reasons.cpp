// SPDX-License-Identifier: GPL-3.0-or-later
// The reasons of rows are stored in English and shown in German: none that the engine can give lacks its German.
#include <functional>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

#include "app/engine/enginetext.h"
#include "app/engine/reasonpattern.h"
#include "app/engine/reasontexts.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

/// Numbers and places for arguments look alike.
QString plain(QString text)
{
    static const QRegularExpression argument(u"%\\d|\\d+|'[^' ]+'"_s);
    return text.replace(argument, u"#"_s);
}

QStringList plainReasons()
{
    QStringList all;
    for (const auto texts : {rowReasons(), reasonSentences()}) {
        for (const char* text : texts) {
            all << plain(QString::fromUtf8(text));
        }
    }
    return all;
}

/// The text of a source file without comments and includes, its literals in one piece.
QString codeOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString code = QString::fromUtf8(file.readAll());
    code.remove(QRegularExpression(u"^\\s*#.*$|//.*$"_s, QRegularExpression::MultilineOption));
    return code.remove(QRegularExpression(u"\"\\s*\\n\\s*\""_s));
}

/// The texts of two words or more in a statement, cut at the quotes that go around an argument.
QStringList textsOf(const QString& statement)
{
    static const QRegularExpression literal(u"(?<!\\\\)\"((?:[^\"\\\\]|\\\\.)*)\""_s), word(u"\\b[a-z]{2,}\\b"_s);
    QStringList texts;
    for (const auto& match : literal.globalMatch(statement)) {
        QString text = plain(match.captured(1));
        text.remove(QRegularExpression(u"^[\\]'; ]+|[\\['. ]+$"_s));
        if (text.count(word) >= 2) {
            texts << text;
        }
    }
    return texts;
}

/// Statements that make a reason, in one source file of the engine.
QStringList reasonStatements(const QString& path)
{
    static const QRegularExpression end(u"[;{}]\\s*\\n"_s);
    static const QRegularExpression maker(u"(row\\.problem|row\\.repair|easons\\.add|\\breject|addNote|m_orderProblem|"
                                          u"m_rejected|\\bnote|(?<!candidate\\.)\\breason|"
                                          "(?<!header\\.)\\bproblem|std::string counts)\\s*(=|\\+=|\\()"_s);
    static const QStringList whole{u"smilesdiagnosis"_s, u"failure"_s,    u"ringdummies"_s, u"molecule"_s,
                                   u"standardise"_s,     u"labelcells"_s, u"rows"_s,        u"writer"_s};
    const bool all = whole.contains(QFileInfo(path).baseName());
    const QString code = codeOf(path);
    QStringList found;
    for (const QString& statement : code.split(end)) {
        const bool failure =
            QFileInfo(path).baseName() == "writer"_L1 && statement.contains("fail("_L1); // of the project
        if ((all && !failure) || maker.match(statement).hasMatch()) {
            found << statement;
        }
    }
    if (const qsizetype at = code.indexOf("Result<chem::Molecule> readStructure"_L1); at >= 0) {
        found << code.mid(at, code.indexOf("\n}\n"_L1, at) - at);
    }
    return found;
}

QByteArray many(int count, const std::function<QByteArray(int)>& row)
{
    QByteArray text;
    for (int i = 1; i <= count; ++i) {
        text += row(i) + '\n';
    }
    return text;
}

QByteArray chain(int carbons)
{
    return QByteArray(carbons, 'C');
}

QByteArray badCells()
{
    return "smiles,y,b,dose\n" +
           many(30,
                [](int i) -> QByteArray {
                    const QByteArray n = QByteArray::number(i);
                    return chain(i) + "O," + n + ".5," + (i % 2 ? "1," : "0,") + n + " nM";
                }) +
           "CCO,7,1,9 nM\nCCO extra,abc,1,5 mM\n[CH3:1][OH:2],<5,maybe,~3 nM\nCC(C)(C)(C)C,1,1,1 nM\nc1cccc1,1,1,1 nM\n"
           "cC,1,1,1 nM\nC(,1,1,1 nM\nC[Xx],1,1,1 nM\nC1CC,1,1,1 nM\n,1,1,1 nM\nCCCl,>7,1,2 nM\nCCBr,~3,0,2 nM\nCCI,1\n"
           "CCF,1,1,1 nM,,\nCCN,1,1,1 nM,x\nCCS,\"1,1,1 nM\nC=O |foo|,1,1,1 nM\nC[C@@@H](F)Cl,1,1,1 "
           "nM\nInChI=1S/X,1,1,1 nM\n" +
           QByteArray("CC\0C,1,1,1 nM\n", 14) + "CCCN,1";
}

QByteArray badLists()
{
    return "smiles,charges,pairs\n" +
           many(20,
                [](int i) -> QByteArray {
                    const int atoms = i + 1;
                    return chain(i) + "O,\"[" + QByteArray("0.5,").repeated(atoms).chopped(1) + "]\",\"[" +
                           QByteArray("1.0,").repeated(atoms * atoms).chopped(1) + "]\"";
                }) +
           "CCO,\"[1,2]\",3\nCCN,\"[1,2,3]\",\"[1,2,3,4,5,6,7,8,9]\"\nCCF,text,\"[1,2]\"\n";
}

QByteArray otherUnits()
{
    return "smiles,type,value,units\n" +
           many(20, [](int i) -> QByteArray { return chain(i) + "N,IC50," + QByteArray::number(i) + ",nM"; }) +
           "CCS,Ki,1,nM\nCCCS,,1,nM\nCCCCS,IC50,5,uM\nCCCCCS,IC50,5,\n";
}

QByteArray salts()
{
    return "smiles,y\n" +
           many(10, [](int i) -> QByteArray { return chain(i) + "[NH3+].[Cl-]," + QByteArray::number(i); }) +
           "OC=CC,3\nC[C@H](F)Cl,2\nC[C@@H](F)Cl,4\nOC1=NC=CC=C1,1\nO=C1NC=CC=C1,5\n";
}

} // namespace

class TestReasons : public QObject
{
    Q_OBJECT

private:
    QString file(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    }
    bool engine(const QStringList& arguments, QByteArray* output = nullptr)
    {
        QProcess process;
        process.start(QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"), arguments);
        const bool good = process.waitForFinished(60'000) && process.exitCode() == 0;
        if (!good) {
            qWarning("%s", process.readAllStandardError().constData());
        }
        if (output) {
            *output = process.readAllStandardOutput();
        }
        return good;
    }
    QStringList reasonsOf(const QString& dataset)
    {
        QByteArray output;
        QStringList reasons;
        if (engine({u"rows"_s, m_project, u"--dataset"_s, dataset, u"--json"_s}, &output)) {
            for (const QJsonValue row : QJsonDocument::fromJson(output).object()["rows"_L1].toArray()) {
                reasons << row["reason"_L1].toString();
            }
        }
        reasons.removeAll(QString());
        return reasons;
    }
    /// The parts of the dataset's reasons that are shown as they are stored.
    QStringList english(const QString& dataset, int least)
    {
        const QStringList reasons = reasonsOf(dataset);
        QStringList same =
            reasons.size() < least ? QStringList{u"only %1 reasons"_s.arg(reasons.size())} : QStringList();
        for (const QString& reason : reasons) {
            const QStringList stored = reason.split(u"; "_s);
            for (const QString& part : engineText(reason).split(u"; "_s)) {
                same << (stored.contains(part) ? QStringList{part} : QStringList());
            }
        }
        return same;
    }

    QTemporaryDir m_folder;
    QString m_project;
    QTranslator m_german;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_german.load(u":/i18n/papilio_de.qm"_s));
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        m_project = m_folder.filePath(u"reasons.papilio"_s);
    }

    void allOfTheListAreTranslated()
    {
        static const QRegularExpression place(u"%\\d"_s);
        const auto places = [](const QString& text) {
            QStringList found;
            for (const auto& match : place.globalMatch(text)) {
                found << match.captured();
            }
            found.sort();
            return found;
        };
        QStringList wrong;
        for (const auto texts : {rowReasons(), reasonSentences()}) {
            for (const char* text : texts) {
                const QString source = QString::fromUtf8(text), german = QCoreApplication::translate("engine", text);
                wrong << (german == source || places(german) != places(source) ? QStringList{source} : QStringList());
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    /// What the engine's sources give as reasons is in the list, so that a new one is not forgotten.
    void theListIsComplete()
    {
        const QStringList known = plainReasons();
        QStringList missing;
        int texts = 0;
        for (const QString& folder : {u"chem"_s, u"data"_s}) {
            const QDir sources(QStringLiteral(PAPILIO_SOURCE_DIR "/backend/") + folder);
            for (const QString& name : sources.entryList({u"*.cpp"_s})) {
                for (const QString& statement : reasonStatements(sources.filePath(name))) {
                    for (const QString& text : textsOf(statement)) {
                        ++texts;
                        const bool listed = std::any_of(known.begin(), known.end(),
                                                        [&](const QString& one) { return one.contains(text); });
                        const bool hint = engineText(text + u'.') != text + u'.';
                        missing << (listed || hint ? QStringList() : QStringList{name + u": "_s + text});
                    }
                }
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
        QVERIFY2(texts > 90, qPrintable(QString::number(texts)));
    }

    void badCellsAreToldInGerman()
    {
        const QString table = file(u"cells.csv"_s, badCells());
        QVERIFY(engine({u"import"_s, m_project, table, u"--dataset"_s, u"cells"_s, u"--column"_s, u"b:kind=binary"_s}));
        QVERIFY(engine({u"import"_s, m_project, table, u"--dataset"_s, u"strict"_s, u"--censored"_s, u"reject"_s}));
        QCOMPARE(english(u"cells"_s, 20), QStringList());
        QCOMPARE(english(u"strict"_s, 20), QStringList());
    }

    void badListsAreToldInGerman()
    {
        QVERIFY(engine({u"import"_s, m_project, file(u"lists.csv"_s, badLists())}));
        QCOMPARE(english(u"lists"_s, 3), QStringList());
    }

    void choiceAndUnitsAreToldInGerman()
    {
        QVERIFY(engine({u"import"_s, m_project, file(u"units.csv"_s, otherUnits()), u"--only"_s, u"type=IC50"_s}));
        QCOMPARE(english(u"units"_s, 4), QStringList());
    }

    void curationIsToldInGerman()
    {
        QVERIFY(engine({u"import"_s, m_project, file(u"salts.csv"_s, salts())}));
        for (const QString& policy : {u"first"_s, u"keep"_s, u"mean"_s, u"median"_s, u"majority"_s, u"drop"_s}) {
            QVERIFY(engine({u"curate"_s, m_project, u"--dataset"_s, u"salts"_s, u"--strip-salts"_s, u"--neutralise"_s,
                            u"--tautomers"_s, u"--drop-stereo"_s, u"--duplicates"_s, policy}));
            QCOMPARE(english(u"salts"_s, 13), QStringList());
        }
        QVERIFY(!reasonsOf(u"salts"_s).filter(u"stripped"_s).isEmpty()); // stored as ever
    }

    void argumentsMayHoldAnything_data()
    {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        QTest::newRow("several")
            << u"a: 'x' is no number, not used; b 2: '<5' is a bound, no number: left out; and 2 more"_s
            << u"a: 'x' ist keine Zahl, nicht verwendet; b 2: '<5' ist eine Grenze, keine Zahl: ausgelassen; und 2 weitere"_s;
        QTest::newRow("marks in the cell")
            << u"dose: at 5': 'it's; %2, so' is no number, not used; atom-map numbers removed"_s
            << u"dose: at 5': 'it's; %2, so' ist keine Zahl, nicht verwendet; Nummern von Atomen (atom maps) entfernt"_s;
        QTest::newRow("parts that follow")
            << u"same molecule as row 3, 2 labels added, 1 label differs (combined by median); stripped Cl, O and 4 more"_s
            << u"dasselbe Molekül wie Zeile 3, 2 Labels ergänzt, 1 Label weicht ab (zum Median verrechnet); entfernt: Cl, O und 4 weitere"_s;
        QTest::newRow("detail of RDKit") << u"RDKit refuses the molecule: Bad thing; at 3"_s
                                         << u"RDKit lehnt das Molekül ab: Bad thing; at 3"_s;
        QTest::newRow("reason in a reason")
            << u"standardised to C=[N, which cannot be read: not a SMILES: the bracket opened at character 3 is never closed"_s
            << u"standardisiert zu C=[N, was nicht lesbar ist: kein SMILES: Die Klammer, die bei Zeichen 3 beginnt, wird nicht geschlossen"_s;
        QTest::newRow("quote as a character")
            << u"not a SMILES: character 2 (''') is no atom that may stand without brackets"_s
            << u"kein SMILES: Zeichen 2 (''') ist kein Atom, das ohne Klammern stehen darf"_s;
        QTest::newRow("note")
            << u"3 of 40 rows asked for (8 %) were rejected. The first one is row 7: there is no structure in this row"_s
            << u"3 von 40 gewünschten Zeilen (8 %) wurden verworfen. Die erste ist Zeile 7: in dieser Zeile steht keine Struktur"_s;
        QTest::newRow("error")
            << u"All 2 rows of 'a.csv' were rejected. Row 0: y: '<5' is a bound, no number."_s
            << u"Alle 2 Zeilen von 'a.csv' wurden verworfen. Zeile 0: y: '<5' ist eine Grenze, keine Zahl."_s;
        QTest::newRow("unknown") << u"something; that 'nobody' says."_s << u"something; that 'nobody' says."_s;
    }
    void argumentsMayHoldAnything()
    {
        QFETCH(QString, english);
        QTEST(engineText(english), "german");
    }

    void germanIsFoundInEnglish()
    {
        QCOMPARE(englishReasons(u"nicht verwendet"_s), QStringList{u"not used"_s});
        QCOMPARE(englishReasons(u"ausgelassen"_s), QStringList{u"left out"_s});
        QCOMPARE(englishReasons(u"dasselbe molekül"_s), QStringList{u"same molecule as row"_s});
        QVERIFY(englishReasons(u"Valenz"_s).join(u'|').contains(u"is greater than permitted"_s));
        const QStringList read = englishReasons(u"gelesen"_s); // "read as" and "are read", but not "cannot be read"
        QVERIFY2(read.size() > 1 && read.contains(u"' read as"_s) && !read.contains(u"read"_s),
                 qPrintable(read.join(u'|')));
        for (const QString& other : {u"IC50"_s, u"not used"_s, u"C"_s, QString()}) {
            QCOMPARE(englishReasons(other), QStringList());
        }
        QVERIFY(QCoreApplication::removeTranslator(&m_german));
        QCOMPARE(englishReasons(u"row"_s), QStringList());
        QCOMPARE(engineText(u"y: 'x' is no number, not used"_s), u"y: 'x' is no number, not used"_s);
        QVERIFY(QCoreApplication::installTranslator(&m_german));
    }
};

QTEST_GUILESS_MAIN(TestReasons)
#include "tst_reasons.moc"
