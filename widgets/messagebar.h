// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "widgets/labels.h"

class QHBoxLayout;

namespace papilio::widgets
{

/// A message of 36 px at the head of a page; it stays until closed or solved. Hidden until show() is called on it by
/// showMessage().
class MessageBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Success, Info, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// strong: the fact; text: details behind it; both go on in further lines where one is too short.
    /// actions: link buttons at the right, actionTriggered() reports their index.
    void showMessage(Kind kind, const QString& strong, const QString& text = {}, const QStringList& actions = {});
    void setClosable(bool closable);
    Kind kind() const { return m_kind; }
    QString strongText() const { return m_strong; }
    QString text() const { return m_text; }

Q_SIGNALS:
    void actionTriggered(int index);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    Kind m_kind = Kind::Info;
    QString m_strong;
    QString m_text;
    QLabel* m_icon;
    Label* m_words;
    QHBoxLayout* m_actions;
    QWidget* m_close;
};

} // namespace papilio::widgets
