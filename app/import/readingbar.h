// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

#include "app/engine/replies.h"

class QComboBox;
class QSpinBox;

namespace papilio::app
{

/// How the text of a table is read: delimiter, encoding, decimal sign, header, lines above it, and what bounds become. What was found out
/// is shown as the first choice of each.
class ReadingBar : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingBar(QWidget* parent = nullptr);
    void showFound(const PreviewReply& preview); ///< emits nothing
    QJsonObject reading() const;                 ///< keys of `reading` in the protocol, without those left alone
    void setDecimalComma();

Q_SIGNALS:
    void changed();

private:
    void addField(const QString& label, QWidget* field);
    void addSkip();
    QComboBox* addChoice(const QString& label, const QString& object, const QStringList& texts, const QStringList& values);

    QComboBox* m_delimiter;
    QComboBox* m_encoding;
    QComboBox* m_decimal;
    QComboBox* m_header;
    QSpinBox* m_skip;
    QComboBox* m_bounds;
};

} // namespace papilio::app
