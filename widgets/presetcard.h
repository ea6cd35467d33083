// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace papilio::widgets
{

/// A model preset to choose: name, parameter count, time against the fastest, a small drawing of how an atom gathers its
/// neighbours. Checkable; put several into an exclusive QButtonGroup.
class PresetCard : public QAbstractButton
{
    Q_OBJECT

public:
    /// glyph: "gcn", "gin", "gine", "gatedgcn", "pna", "mpnnplus", "gps" (others draw a plain star).
    explicit PresetCard(const QString& title, const QString& glyph, QWidget* parent = nullptr);
    void setDescription(const QString& description);  ///< tool tip and accessible description
    void setParameters(qint64 parameters);            ///< 0 = not known yet
    void setTime(const QString& time);                ///< "1× time", "7.6 s an epoch"; may be empty
    qint64 parameters() const { return m_parameters; }

    QSize sizeHint() const override { return {93, 66}; }
    QSize minimumSizeHint() const override { return {84, 66}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void updateAccessible();

    QString m_glyph;
    QString m_time;
    qint64 m_parameters = 0;
    bool m_keyFocus = false;
};

} // namespace papilio::widgets
