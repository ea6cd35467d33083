// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/readingbar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

#include "widgets/flowlayout.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

QString delimiterText(const QString& delimiter)
{
    if (delimiter == ","_L1) {
        return ReadingBar::tr("comma");
    }
    if (delimiter == ";"_L1) {
        return ReadingBar::tr("semicolon");
    }
    if (delimiter == "\t"_L1) {
        return ReadingBar::tr("tab");
    }
    if (delimiter == " "_L1) {
        return ReadingBar::tr("blanks");
    }
    return delimiter == "|"_L1 ? ReadingBar::tr("pipe") : delimiter;
}

} // namespace

ReadingBar::ReadingBar(QWidget* parent) : QWidget(parent)
{
    auto* row = new widgets::FlowLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_delimiter = addChoice(tr("Delimiter"), u"delimiterChoice"_s,
                            {tr("found out"), tr("comma"), tr("semicolon"), tr("tab"), tr("pipe"), tr("blanks")},
                            {QString(), u"comma"_s, u"semicolon"_s, u"tab"_s, u"pipe"_s, u"blank"_s});
    m_encoding = addChoice(tr("Encoding"), u"encodingChoice"_s,
                           {tr("found out"), u"UTF-8"_s, u"Latin-1"_s, u"Windows-1252"_s, u"UTF-16 LE"_s, u"UTF-16 BE"_s},
                           {QString(), u"utf-8"_s, u"latin-1"_s, u"windows-1252"_s, u"utf-16le"_s, u"utf-16be"_s});
    m_decimal = addChoice(tr("Decimal"), u"decimalChoice"_s, {tr("point"), tr("comma")}, {QString(), u"comma"_s});
    m_header = addChoice(tr("Header"), u"headerChoice"_s, {tr("first line"), tr("none")}, {QString(), u"no"_s});
    addSkip();
    m_bounds = addChoice(tr("Cells like <5"), u"boundsChoice"_s, {tr("left out"), tr("bound taken"), tr("row rejected")},
                         {QString(), u"bound"_s, u"reject"_s});
}

QComboBox* ReadingBar::addChoice(const QString& label, const QString& object, const QStringList& texts,
                                 const QStringList& values)
{
    auto* box = new QComboBox;
    box->setObjectName(object);
    box->setAccessibleName(label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        box->addItem(texts[i], values[i]);
    }
    connect(box, &QComboBox::activated, this, &ReadingBar::changed);
    addField(label, box);
    return box;
}

/// A field behind its label; both go to the next line together.
void ReadingBar::addField(const QString& label, QWidget* field)
{
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(6);
    row->addWidget(new widgets::Label(label, widgets::TextStyle::Body, widgets::Role::TextSecondary));
    row->addWidget(field);
    layout()->addWidget(both);
}

void ReadingBar::addSkip()
{
    constexpr int most = 1'000'000;
    m_skip = new QSpinBox;
    m_skip->setObjectName(u"skipLines"_s);
    m_skip->setAccessibleName(tr("Skip lines"));
    m_skip->setToolTip(tr("Lines above the table that are passed over; comments and titles are found out without"));
    m_skip->setRange(0, most);
    m_skip->setKeyboardTracking(false);
    // Four digits, so that all fields stay in one line of the dialog.
    m_skip->setMaximumWidth(m_skip->fontMetrics().horizontalAdvance(u"0000"_s) + 36);
    connect(m_skip, &QSpinBox::valueChanged, this, &ReadingBar::changed);
    addField(tr("Skip lines"), m_skip);
}

void ReadingBar::showFound(const PreviewReply& preview)
{
    const bool separated = !preview.delimiter.isEmpty();
    const bool text = !preview.encoding.isEmpty();
    m_delimiter->setEnabled(separated);
    m_encoding->setEnabled(text);
    m_header->setEnabled(text && preview.format != "SDF"_L1);
    m_skip->setEnabled(m_header->isEnabled() || m_skip->value() > 0);
    if (separated && m_delimiter->currentIndex() == 0) {
        m_delimiter->setItemText(0, tr("%1 (found)").arg(delimiterText(preview.delimiter)));
    }
    if (text && m_encoding->currentIndex() == 0) {
        m_encoding->setItemText(0, tr("%1 (found)").arg(preview.encoding));
    }
}

void ReadingBar::setDecimalComma()
{
    m_decimal->setCurrentIndex(1);
    Q_EMIT changed();
}

QJsonObject ReadingBar::reading() const
{
    QJsonObject reading;
    const std::pair<const char*, QComboBox*> choices[] = {{"delimiter", m_delimiter},
                                                          {"encoding", m_encoding},
                                                          {"decimal", m_decimal},
                                                          {"header", m_header},
                                                          {"censored", m_bounds}};
    for (const auto& [key, box] : choices) {
        if (const QString value = box->currentData().toString(); !value.isEmpty()) {
            reading.insert(QLatin1StringView(key), value);
        }
    }
    if (m_skip->value() > 0) {
        reading.insert(u"skip"_s, QString::number(m_skip->value()));
    }
    return reading;
}

} // namespace papilio::app
