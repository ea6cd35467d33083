// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QJsonArray>
#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace papilio::app
{

/// The kind of a split and what it needs, as one text that the engine takes ("scaffold:0.8/0.1/0.1,per-dataset").
class SplitChoice : public QWidget
{
    Q_OBJECT

public:
    explicit SplitChoice(QWidget* parent = nullptr);

    QString spec() const;
    bool hasFractions() const;
    void setFractions(double train, double validation, double test);
    void setDatasets(int count);                 ///< what several datasets bring is shown from two on
    void setStored(const QJsonArray& splits);    ///< of split.list

Q_SIGNALS:
    void changed();
    void storedAsked(); ///< the list of stored splits is wanted

private:
    enum class Kind { Random, Scaffold, Balanced, Cluster, Column, File, Stored, Text };
    Kind kind() const;
    void kindChosen();
    void chooseFile();
    QString value() const;

    QComboBox* m_kind = nullptr;
    QStackedWidget* m_values = nullptr;
    QLineEdit* m_column = nullptr;
    QLineEdit* m_file = nullptr;
    QComboBox* m_stored = nullptr;
    QLineEdit* m_text = nullptr;
    QCheckBox* m_own = nullptr;
    QCheckBox* m_seen = nullptr;
    QString m_fractions;
    int m_datasets = 1;
};

} // namespace papilio::app
