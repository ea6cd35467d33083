// SPDX-License-Identifier: GPL-3.0-or-later
// The window's program loads neither LibTorch nor Qt 5 (nor RDKit: its crashes belong to the engine); the engine loads
// LibTorch when it computes, and no sooner.

#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

class LinkageTest : public QObject
{
    Q_OBJECT

    static QString librariesOf(const QString& program)
    {
        QProcess ldd;
        ldd.start(QStringLiteral("ldd"), {QStringLiteral(PAPILIO_BIN_DIR "/") + program});
        ldd.waitForFinished();
        return QString::fromLocal8Bit(ldd.readAllStandardOutput());
    }

private Q_SLOTS:
    void windowLoadsNoTorchNoQt5NoRdkit()
    {
        const QString libraries = librariesOf(QStringLiteral("papilio"));
        QVERIFY2(libraries.contains(QLatin1String("libQt6Widgets")), qPrintable(libraries));
        static const QRegularExpression forbidden(QStringLiteral("lib(torch|c10|caffe2|Qt5|RDKit|opencv)\\w*"));
        const auto match = forbidden.match(libraries);
        QVERIFY2(!match.hasMatch(), qPrintable(QStringLiteral("papilio loads ") + match.captured()));
    }

    void engineLoadsNeitherTorchNorQt6()
    {
        const QString libraries = librariesOf(QStringLiteral("papilio-engine"));
        QVERIFY2(libraries.contains(QLatin1String("libsqlite3")), qPrintable(libraries));
        static const QRegularExpression forbidden(QStringLiteral("lib(torch|c10|gomp|openblas|Qt)\\w*"));
        const auto match = forbidden.match(libraries);
        QVERIFY2(!match.hasMatch(), qPrintable(QStringLiteral("papilio-engine loads ") + match.captured()));
        QVERIFY(librariesOf(QStringLiteral("papilio-torch.so")).contains(QLatin1String("libtorch")));
    }

    /// Beside itself or in the library folder it is installed with; without, all goes on but computing, and that says why.
    void engineFindsItsModule()
    {
        const QDir built(QStringLiteral(PAPILIO_BIN_DIR));
        QTemporaryDir folder;
        const QDir installed(folder.path());
        QVERIFY(installed.mkpath(QStringLiteral("bin")) && installed.mkpath(QStringLiteral(PAPILIO_LIB_FOLDER "/papilio")));
        const QString engine = installed.filePath(QStringLiteral("bin/papilio-engine"));
        QVERIFY(QFile::copy(built.filePath(QStringLiteral("papilio-engine")), engine));
        const auto answer = [&](const QStringList& words) {
            QProcess process;
            process.start(engine, words);
            process.waitForFinished(60'000);
            return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
        };
        QVERIFY2(answer({QStringLiteral("--version")}).contains(QLatin1String("LibTorch ")), "no version");
        const QString without = answer({QStringLiteral("devices")});
        QVERIFY2(without.contains(QLatin1String("LibTorch cannot be loaded")) && without.contains(QLatin1String("papilio-torch.so")),
                 qPrintable(without));
        QVERIFY(QFile::copy(built.filePath(QStringLiteral("papilio-torch.so")),
                            installed.filePath(QStringLiteral(PAPILIO_LIB_FOLDER "/papilio/papilio-torch.so"))));
        const QString with = answer({QStringLiteral("devices")});
        QVERIFY2(with.contains(QLatin1String("cpu")) && !with.contains(QLatin1String("cannot")), qPrintable(with));
    }
};

QTEST_GUILESS_MAIN(LinkageTest)
#include "tst_linkage.moc"
