// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QWidget>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLineEdit;

namespace papilio::widgets
{
class Label;
class PresetCard;
}

namespace papilio::app
{

/// Cards of the architectures that come with the program: by the data they were published for, searched where they are many.
class PresetChooser : public QWidget
{
    Q_OBJECT

public:
    explicit PresetChooser(QWidget* parent = nullptr);
    void setPresets(const QJsonArray& presets);
    bool isEmpty() const { return m_presets.empty(); }
    QString current() const; ///< name; empty = none
    QStringList visible() const; ///< names of the cards that are in view
    void setParameters(const QString& preset, qint64 parameters); ///< 0 = not known

Q_SIGNALS:
    void chosen();         ///< another preset
    void visibleChanged(); ///< other cards are in view

private:
    struct Preset {
        QString name, layer, group, description, remark;
        widgets::PresetCard* card = nullptr;
    };
    void makeCard(Preset& preset);
    void place();
    bool isWanted(const Preset& preset) const;

    std::vector<Preset> m_presets;
    QComboBox* m_groups;
    QLineEdit* m_search;
    QGridLayout* m_grid;
    QButtonGroup* m_buttons;
    widgets::Label* m_nothing;
};

/// "GatedGCN" for "gatedgcn"; an unknown one in capitals.
QString layerTitle(const QString& layer);

} // namespace papilio::app
