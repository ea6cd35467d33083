// SPDX-License-Identifier: GPL-3.0-or-later
// The window's program loads neither LibTorch nor Qt 5 (nor RDKit: its crashes belong to the engine).

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

    void engineLoadsTorchAndNoQt6()
    {
        const QString libraries = librariesOf(QStringLiteral("papilio-engine"));
        QVERIFY2(libraries.contains(QLatin1String("libtorch")), qPrintable(libraries));
        QVERIFY2(!libraries.contains(QLatin1String("libQt6")), qPrintable(libraries));
    }
};

QTEST_GUILESS_MAIN(LinkageTest)
#include "tst_linkage.moc"
