// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/presetchooser.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include "app/engine/enginetext.h"
#include "app/themedicon.h"
#include "widgets/labels.h"
#include "widgets/presetcard.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int cardsInRow = 3;
constexpr std::size_t manyPresets = 12;

QString layerKey(const QString& layer)
{
    QString key = layer.toLower();
    key.remove(u'_').remove(u'-');
    key.replace(u"++"_s, u"plus"_s).replace(u"plusplus"_s, u"plus"_s);
    return key;
}

const QString publishedEnd = u"-published"_s;

/// The data that a preset was published for, from its name; those that keep the published faults stand apart.
QString groupOf(const QString& name)
{
    const QString end = name.endsWith(publishedEnd) ? publishedEnd : QString();
    for (const QString& group : {u"toymix"_s, u"largemix"_s, u"ultralarge"_s}) {
        if (name.contains(group, Qt::CaseInsensitive)) {
            return group + end;
        }
    }
    return (name.contains("minimol"_L1, Qt::CaseInsensitive) ? u"largemix"_s : u"own"_s) + end;
}

QString groupTitle(const QString& group)
{
    const QString data = group.section(u'-', 0, 0);
    const QString title = data == "toymix"_L1       ? u"ToyMix"_s
                          : data == "largemix"_L1   ? u"LargeMix"_s
                          : data == "ultralarge"_L1 ? u"UltraLarge"_s
                                                    : PresetChooser::tr("Own data");
    return group.endsWith(publishedEnd) ? PresetChooser::tr("%1, as published").arg(title) : title;
}

/// What tells a preset from its neighbours: "10m", "paper".
QString remarkOf(const QString& name, const QString& layer, const QString& group)
{
    QStringList parts;
    for (const QString& part : name.split(u'-', Qt::SkipEmptyParts)) {
        if (!layerKey(layer).contains(layerKey(part)) && !group.split(u'-').contains(part, Qt::CaseInsensitive)) {
            parts << (part == "paper"_L1   ? PresetChooser::tr("paper")
                      : part == "small"_L1 ? PresetChooser::tr("small")
                                           : part);
        }
    }
    return parts.join(u' ');
}

} // namespace

QString layerTitle(const QString& layer)
{
    const QString key = layerKey(layer);
    return key == "gatedgcn"_L1   ? u"GatedGCN"_s
           : key == "mpnnplus"_L1 ? u"MPNN++"_s
           : key == "gpsplus"_L1  ? u"GPS++"_s
                                  : layer.toUpper();
}

PresetChooser::PresetChooser(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"presetChooser"_s);
    m_groups = new QComboBox;
    m_groups->setObjectName(u"presetGroup"_s);
    m_groups->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_groups->setMinimumContentsLength(8);
    m_groups->setAccessibleName(tr("Data that the architectures were published for"));
    m_search = new QLineEdit;
    m_search->setObjectName(u"presetSearch"_s);
    m_search->setAccessibleName(tr("Search the architectures"));
    m_search->setPlaceholderText(tr("Search all"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(90);
    setThemedIcon(m_search->addAction(QIcon(), QLineEdit::LeadingPosition), m_search, u"search"_s);
    m_buttons = new QButtonGroup(this);
    m_buttons->setExclusive(true);
    m_grid = new QGridLayout;
    m_grid->setSpacing(8);
    m_nothing = new widgets::Label(tr("No architecture has these words."), widgets::TextStyle::Body, widgets::Role::TextSecondary);
    m_nothing->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_groups);
    row->addWidget(m_search, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addLayout(m_grid);
    layout->addWidget(m_nothing);
    m_groups->hide();
    m_search->hide();
    connect(m_buttons, &QButtonGroup::buttonClicked, this, &PresetChooser::chosen);
    connect(m_groups, &QComboBox::activated, this, [this] {
        m_search->clear();
        place();
        Q_EMIT visibleChanged();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        place();
        Q_EMIT visibleChanged();
    });
}

void PresetChooser::setPresets(const QJsonArray& presets)
{
    for (Preset& preset : m_presets) {
        delete preset.card;
    }
    m_presets.clear();
    m_groups->clear();
    for (const QJsonValue value : presets) {
        Preset preset;
        preset.name = value["name"_L1].toString();
        preset.layer = value["layer"_L1].toString();
        preset.group = groupOf(preset.name);
        preset.description = u"%1. %2"_s.arg(engineText(value["title"_L1].toString()), engineText(value["description"_L1].toString()));
        preset.remark = remarkOf(preset.name, preset.layer, preset.group);
        makeCard(preset);
        if (m_groups->findData(preset.group) < 0) { // those that keep faults come last
            int place = m_groups->count();
            while (!preset.group.endsWith(publishedEnd) && place > 0 && m_groups->itemData(place - 1).toString().endsWith(publishedEnd)) {
                --place;
            }
            m_groups->insertItem(place, groupTitle(preset.group), preset.group);
        }
        m_presets.push_back(preset);
    }
    m_groups->setVisible(m_groups->count() > 1);
    m_search->setVisible(m_presets.size() > manyPresets);
    for (const Preset& preset : m_presets) {
        if (preset.name == "gine-toymix"_L1 || (&preset == &m_presets.front() && !m_buttons->checkedButton())) {
            preset.card->setChecked(true);
            m_groups->setCurrentIndex(m_groups->findData(preset.group));
        }
    }
    place();
}

void PresetChooser::makeCard(Preset& preset)
{
    preset.card = new widgets::PresetCard(preset.layer.isEmpty() ? preset.name : layerTitle(preset.layer), layerKey(preset.layer), this);
    preset.card->setObjectName(u"preset-"_s + preset.name);
    preset.card->setProperty("preset", preset.name);
    preset.card->setDescription(preset.description);
    preset.card->setTime(preset.remark);
    m_buttons->addButton(preset.card);
}

bool PresetChooser::isWanted(const Preset& preset) const
{
    const QString words = m_search->text().simplified();
    if (words.isEmpty()) {
        return preset.group == m_groups->currentData().toString();
    }
    const QString all = preset.name + u' ' + layerTitle(preset.layer) + u' ' + preset.description;
    const QStringList list = words.split(u' ');
    return std::all_of(list.begin(), list.end(), [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void PresetChooser::place()
{
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item; // the cards stay
    }
    int next = 0;
    QWidget* before = m_search;
    for (const Preset& preset : m_presets) {
        const bool wanted = isWanted(preset);
        if (wanted) {
            m_grid->addWidget(preset.card, next / cardsInRow, next % cardsInRow);
            ++next;
        }
        preset.card->setVisible(wanted);
        setTabOrder(before, preset.card); // they were made after all else of the page
        before = preset.card;
    }
    for (int column = 0; column < cardsInRow; ++column) {
        m_grid->setColumnStretch(column, 1); // one card alone is as wide as in a full row
    }
    m_nothing->setVisible(next == 0 && !m_presets.empty());
}

QString PresetChooser::current() const
{
    const QAbstractButton* card = m_buttons->checkedButton();
    return card ? card->property("preset").toString() : QString();
}

QStringList PresetChooser::visible() const
{
    QStringList names;
    for (const Preset& preset : m_presets) {
        if (isWanted(preset)) {
            names << preset.name;
        }
    }
    return names;
}

void PresetChooser::setParameters(const QString& preset, qint64 parameters)
{
    for (const Preset& known : m_presets) {
        if (known.name == preset) {
            known.card->setParameters(parameters);
        }
    }
}

} // namespace papilio::app
