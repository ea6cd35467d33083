// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>
#include <QtTest>

/// Real data that tests may read and never copy into the project.
inline QString testDataFolder()
{
    const QString fromEnvironment = qEnvironmentVariable("PAPILIO_TEST_DATA");
    return fromEnvironment.isEmpty() ? QStringLiteral(PAPILIO_SOURCE_DIR "/../shared/data") : fromEnvironment;
}

/// Path of a file of the test data; skips the calling test function with a clear message where it is absent.
#define PAPILIO_TEST_FILE(variable, relative)                                                                          \
    const QString variable = testDataFolder() + QStringLiteral("/" relative);                                          \
    if (!QFileInfo::exists(variable))                                                                                  \
    QSKIP(qPrintable(QStringLiteral("test data not here: ") + variable + QStringLiteral(" (set PAPILIO_TEST_DATA)")))
