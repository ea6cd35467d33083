// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/splitchoice.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/train/recipe.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

/// A comma of a path is no end of it.
QString escapedPath(QString path)
{
    path.replace(u'\\', u"\\\\"_s).replace(u',', u"\\,"_s);
    return path;
}

QLineEdit* field(const QString& object, const QString& accessible, const QString& placeholder)
{
    auto* made = new QLineEdit;
    made->setObjectName(object);
    made->setAccessibleName(accessible);
    made->setPlaceholderText(placeholder);
    return made;
}

} // namespace

SplitChoice::SplitChoice(QWidget* parent) : QWidget(parent)
{
    m_kind = new QComboBox;
    m_kind->setObjectName(u"splitKind"_s);
    m_kind->setAccessibleName(tr("How molecules are divided into training, validation and test"));
    const std::pair<QString, QString> kinds[] = {
        {tr("Random"), tr("any molecule anywhere: the easiest")},
        {tr("Scaffold"), tr("molecules of one ring system and its linkers (Bemis–Murcko) stay together")},
        {tr("Scaffold, balanced over tasks"), tr("the same, so that each task has its share of labels in each part")},
        {tr("Cluster"), tr("molecules with similar fingerprints stay together")},
        {tr("By a column of the table"), tr("a column says Train, Valid or Test")},
        {tr("By a file of row numbers"), tr("a CSV file with columns train, val and test, or a PyTorch file (.pt)")},
        {tr("A split of the project"), tr("one that was made before")},
        {tr("As a text…"), tr("all options, as on the command line")}};
    for (const auto& [text, tip] : kinds) {
        m_kind->addItem(text);
        m_kind->setItemData(m_kind->count() - 1, tip, Qt::ToolTipRole);
    }
    m_column = field(u"splitColumn"_s, tr("Column that tells the part"), tr("column, or DATASET=COLUMN|…"));
    m_file = field(u"splitFile"_s, tr("File of row numbers"), tr("file, or DATASET=FILE|…"));
    m_text = field(u"splitField"_s, tr("Split as a text"), u"random:0.8/0.1/0.1"_s);
    m_text->setText(Recipe().split);
    m_stored = new QComboBox;
    m_stored->setObjectName(u"storedSplit"_s);
    m_stored->setAccessibleName(tr("Split of the project"));
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setObjectName(u"chooseSplitFile"_s);
    browse->setAccessibleName(tr("Choose the file of row numbers"));
    connect(browse, &QPushButton::clicked, this, &SplitChoice::chooseFile);
    auto* file = new QWidget;
    auto* row = new QHBoxLayout(file);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    m_values = new QStackedWidget;
    for (QWidget* page : {static_cast<QWidget*>(m_column), file, static_cast<QWidget*>(m_stored), static_cast<QWidget*>(m_text)}) {
        m_values->addWidget(page);
    }
    m_own = new QCheckBox(tr("each data set by itself"));
    m_own->setObjectName(u"splitPerDataset"_s);
    m_own->setToolTip(tr("A molecule of two data sets may then be trained on for one and tested for the other; the report says how many"));
    m_seen = new QCheckBox(tr("tell seen test molecules apart"));
    m_seen->setObjectName(u"splitTestSeen"_s);
    m_seen->setToolTip(tr("Test molecules that another data set trains on are measured as a part of their own, test_seen"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_kind);
    layout->addWidget(m_values);
    layout->addWidget(m_own);
    layout->addWidget(m_seen);
    setFractions(0.8, 0.1, 0.1);
    for (QLineEdit* edit : {m_column, m_file, m_text}) {
        connect(edit, &QLineEdit::textEdited, this, &SplitChoice::changed);
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SplitChoice::kindChosen);
    connect(m_stored, &QComboBox::currentIndexChanged, this, &SplitChoice::changed);
    connect(m_own, &QCheckBox::toggled, this, &SplitChoice::kindChosen);
    connect(m_seen, &QCheckBox::toggled, this, &SplitChoice::changed);
    kindChosen();
}

SplitChoice::Kind SplitChoice::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

void SplitChoice::kindChosen()
{
    const bool named = kind() >= Kind::Column;
    m_values->setVisible(named);
    if (named) {
        m_values->setCurrentIndex(static_cast<int>(kind()) - static_cast<int>(Kind::Column));
    }
    const bool several = m_datasets > 1 && kind() < Kind::Stored;
    m_own->setVisible(several);
    m_seen->setVisible(several && m_own->isChecked());
    if (kind() == Kind::Stored) {
        Q_EMIT storedAsked();
    }
    Q_EMIT changed();
}

void SplitChoice::setDatasets(int count)
{
    if (count != m_datasets) {
        m_datasets = count;
        const bool several = count > 1 && kind() < Kind::Stored;
        m_own->setVisible(several);
        m_seen->setVisible(several && m_own->isChecked());
    }
}

void SplitChoice::setStored(const QJsonArray& splits)
{
    const QVariant before = m_stored->currentData();
    const QSignalBlocker quiet(m_stored);
    m_stored->clear();
    for (const QJsonValue& split : splits) {
        const qint64 number = split["split"_L1].toInteger();
        m_stored->addItem(tr("%1: %2, seed %3").arg(number).arg(split["spec"_L1].toString()).arg(split["seed"_L1].toInteger()), number);
    }
    m_stored->setEnabled(m_stored->count() > 0);
    if (m_stored->count() == 0) {
        m_stored->addItem(tr("no split has been made yet"), 0);
    }
    m_stored->setCurrentIndex(std::max(0, m_stored->findData(before)));
    Q_EMIT changed();
}

void SplitChoice::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("File of row numbers"), {},
                                                      tr("Split files (*.csv *.tsv *.csv.gz *.pt *.pth *.pkl);;All files (*)"));
    if (!path.isEmpty()) {
        m_file->setText(path);
        Q_EMIT changed();
    }
}

bool SplitChoice::hasFractions() const
{
    return kind() <= Kind::Cluster;
}

void SplitChoice::setFractions(double train, double validation, double test)
{
    m_fractions = u"%1/%2/%3"_s.arg(train).arg(validation).arg(test);
}

QString SplitChoice::value() const
{
    switch (kind()) {
    case Kind::Column:
        return u"column:"_s + m_column->text().trimmed();
    case Kind::File:
        return u"file:"_s + escapedPath(m_file->text().trimmed());
    case Kind::Stored:
        return u"stored:%1"_s.arg(m_stored->currentData().toLongLong());
    case Kind::Scaffold:
        return u"scaffold:"_s + m_fractions;
    case Kind::Balanced:
        return u"balanced-scaffold:"_s + m_fractions;
    case Kind::Cluster:
        return u"cluster:"_s + m_fractions;
    case Kind::Random:
    case Kind::Text:
        break;
    }
    return u"random:"_s + m_fractions;
}

QString SplitChoice::spec() const
{
    if (kind() == Kind::Text) {
        return m_text->text().trimmed();
    }
    QString spec = value();
    if (m_datasets > 1 && kind() < Kind::Stored && m_own->isChecked()) {
        spec += u",per-dataset"_s;
        spec += m_seen->isChecked() ? u",test_seen"_s : QString();
    }
    return spec;
}

} // namespace papilio::app
