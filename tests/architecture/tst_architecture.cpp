// SPDX-License-Identifier: GPL-3.0-or-later
// The tree polices itself: which folder may include which, where foreign headers may stand, how long a file may be,
// and that every source is part of the build.

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace
{

const QString root = QStringLiteral(PAPILIO_SOURCE_DIR);

/// Folder → our own folders that it may include (itself always).
QHash<QString, QStringList> ownRules()
{
    const QStringList none;
    return {
        {QStringLiteral("core"), none},
        {QStringLiteral("chem"), {QStringLiteral("core")}},
        {QStringLiteral("store"), {QStringLiteral("core")}},
        {QStringLiteral("data"), {QStringLiteral("chem"), QStringLiteral("store"), QStringLiteral("core")}},
        {QStringLiteral("nn"), {QStringLiteral("core")}},
        {QStringLiteral("learn"), {QStringLiteral("nn"), QStringLiteral("store"), QStringLiteral("core")}},
        {QStringLiteral("explain"), {QStringLiteral("nn"), QStringLiteral("core")}},
        {QStringLiteral("engine"),
         {QStringLiteral("core"), QStringLiteral("chem"), QStringLiteral("store"), QStringLiteral("data"),
          QStringLiteral("nn"), QStringLiteral("learn"), QStringLiteral("explain")}},
        {QStringLiteral("widgets"), {QStringLiteral("core")}},
        {QStringLiteral("app"), {QStringLiteral("widgets"), QStringLiteral("store"), QStringLiteral("core")}},
    };
}

/// A foreign header family → folders that may include it.
struct ForeignRule {
    QRegularExpression header;
    QStringList folders;
};

QList<ForeignRule> foreignRules()
{
    const auto pattern = [](const char* text) { return QRegularExpression(QString::fromLatin1(text)); };
    return {
        {pattern("^(torch|ATen|c10|caffe2)/"), {QStringLiteral("nn")}},
        {pattern("^(GraphMol|RDGeneral|DataStructs|Geometry|DistGeom|ForceField|rdkit)(/|$)"), {QStringLiteral("chem")}},
        {pattern("^Eigen/"), {QStringLiteral("chem")}},
        {pattern("^(SQLiteCpp/|sqlite3\\.h)"), {QStringLiteral("store")}},
        {pattern("^yaml-cpp/"), {QStringLiteral("nn")}},
        {pattern("^(arrow/|parquet/|curl/|bzlib\\.h)"), {QStringLiteral("data")}},
        {pattern("^zstd"), {QStringLiteral("data"), QStringLiteral("store")}},
        {pattern("^(inchi|inchi_api\\.h)"), {QStringLiteral("chem")}},
        {pattern("^vtk[A-Z]"), {QStringLiteral("widgets")}},
        {pattern("^(Q[A-Z]|qcustomplot|Qt[A-Z])"), {QStringLiteral("widgets"), QStringLiteral("app")}},
    };
}

QStringList sourceFiles(const QStringList& folders)
{
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator it(root + QLatin1Char('/') + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            files << it.next();
        }
    }
    files.sort();
    return files;
}

QStringList linesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')) : QStringList();
}

QString folderOf(const QString& path)
{
    const QStringList parts = path.mid(root.size() + 1).split(QLatin1Char('/'));
    return parts.first() == QLatin1String("backend") ? parts.at(1) : parts.first();
}

/// (header, is in quotes) of every #include of a file.
QList<std::pair<QString, bool>> includesOf(const QString& path)
{
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    QList<std::pair<QString, bool>> found;
    for (const QString& line : linesOf(path)) {
        if (const auto match = include.match(line); match.hasMatch()) {
            found.append({match.captured(2), match.captured(1) == QLatin1String("\"")});
        }
    }
    return found;
}

const QStringList codeFolders = {QStringLiteral("app"), QStringLiteral("widgets"), QStringLiteral("backend")};

} // namespace

class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldersIncludeOnlyWhatTheyMay()
    {
        const auto rules = ownRules();
        QStringList crossings;
        for (const QString& path : sourceFiles(codeFolders)) {
            const QString folder = folderOf(path);
            QVERIFY2(rules.contains(folder), qPrintable(QStringLiteral("no rule for the folder of ") + path));
            for (const auto& [header, quoted] : includesOf(path)) {
                const QString target = header.section(QLatin1Char('/'), 0, 0);
                if (rules.contains(target) && header.contains(QLatin1Char('/')) && target != folder &&
                    !rules.value(folder).contains(target)) {
                    crossings << path + QStringLiteral(" includes ") + header;
                }
            }
        }
        QVERIFY2(crossings.isEmpty(), qPrintable(crossings.join(QLatin1Char('\n'))));
    }

    void foreignHeadersStayInTheirLibrary()
    {
        QStringList crossings;
        for (const QString& path : sourceFiles(codeFolders)) {
            for (const auto& [header, quoted] : includesOf(path)) {
                for (const ForeignRule& rule : foreignRules()) {
                    if (!quoted && rule.header.match(header).hasMatch() && !rule.folders.contains(folderOf(path))) {
                        crossings << path + QStringLiteral(" includes <") + header + QLatin1Char('>');
                    }
                }
            }
        }
        QVERIFY2(crossings.isEmpty(), qPrintable(crossings.join(QLatin1Char('\n'))));
    }

    /// Only the program of the engine links LibTorch's half of nn; learn and explain know the interface.
    void onlyTheEngineNamesTorchModel()
    {
        QStringList crossings;
        for (const QString& path : sourceFiles(codeFolders)) {
            const QString folder = folderOf(path);
            if (folder == QLatin1String("nn") || folder == QLatin1String("engine")) {
                continue;
            }
            for (const auto& [header, quoted] : includesOf(path)) {
                if (header == QLatin1String("nn/torchmodel.h")) {
                    crossings << path;
                }
            }
        }
        QVERIFY2(crossings.isEmpty(), qPrintable(crossings.join(QLatin1Char('\n'))));
    }

    void filesStayShort()
    {
        QStringList tooLong;
        for (const QString& path : sourceFiles(codeFolders + QStringList{QStringLiteral("tests")})) {
            const qsizetype lines = linesOf(path).size();
            const qsizetype limit = path.endsWith(QLatin1String(".h")) ? 300 : 600;
            if (lines > limit) {
                tooLong << QStringLiteral("%1: %2 lines, at most %3").arg(path).arg(lines).arg(limit);
            }
        }
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(QLatin1Char('\n'))));
    }

    void everySourceIsBuilt()
    {
        QStringList unlisted;
        for (const QString& path : sourceFiles(codeFolders + QStringList{QStringLiteral("tests")})) {
            if (!path.endsWith(QLatin1String(".cpp"))) {
                continue;
            }
            // The nearest CMakeLists.txt upwards must name it, by a path relative to itself.
            QDir folder = QFileInfo(path).dir();
            bool listed = false;
            while (folder.path().startsWith(root)) {
                const QString list = folder.filePath(QStringLiteral("CMakeLists.txt"));
                if (QFileInfo::exists(list)) {
                    listed = linesOf(list).join(QLatin1Char('\n')).contains(folder.relativeFilePath(path));
                    break;
                }
                folder.cdUp();
            }
            if (!listed) {
                unlisted << path;
            }
        }
        QVERIFY2(unlisted.isEmpty(), qPrintable(QStringLiteral("not in CMake:\n") + unlisted.join(QLatin1Char('\n'))));
    }

    void everyFileNamesItsLicence()
    {
        QStringList without;
        for (const QString& path : sourceFiles(codeFolders + QStringList{QStringLiteral("tests")})) {
            const QStringList lines = linesOf(path);
            if (lines.isEmpty() || !lines.first().contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later"))) {
                without << path;
            }
        }
        QVERIFY2(without.isEmpty(), qPrintable(without.join(QLatin1Char('\n'))));
    }

    /// No view hard-codes a colour: they come from the theme.
    void viewsTakeColoursFromTheTheme()
    {
        static const QRegularExpression literal(QStringLiteral("\"#[0-9a-fA-F]{6}\"|Qt::(red|blue|green|black|white|gray)\\b|QColor\\(\\s*\\d"));
        QStringList literals;
        for (const QString& path : sourceFiles({QStringLiteral("app"), QStringLiteral("widgets")})) {
            const QStringList lines = linesOf(path);
            for (qsizetype i = 0; i < lines.size(); ++i) {
                if (literal.match(lines.at(i)).hasMatch()) {
                    literals << QStringLiteral("%1:%2 %3").arg(path).arg(i + 1).arg(lines.at(i).trimmed());
                }
            }
        }
        QVERIFY2(literals.isEmpty(), qPrintable(literals.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
