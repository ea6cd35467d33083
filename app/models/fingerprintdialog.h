// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/engine/enginemessage.h"
#include "app/engine/modelreplies.h"
#include "app/models/modelsource.h"
#include "app/services.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace papilio::widgets
{
class Label;
class MessageBar;
class ProgressPanel;
}

namespace papilio::app
{

/// Writes what a layer of a model makes of every molecule of a file.
class FingerprintDialog : public QDialog
{
    Q_OBJECT

public:
    FingerprintDialog(const Services& services, const ModelSource& source, const QString& title, QWidget* parent = nullptr);

Q_SIGNALS:
    void written(const QString& strong, const QString& text);

protected:
    void reject() override;

private:
    QWidget* buildForm();
    QWidget* buildFoot();
    void askLayers();
    void takeLayers(const std::vector<ModelLayer>& layers);
    void layerChosen();
    void chooseInput();
    void chooseOutput();
    void suggestOutput();
    void start();
    void failed(const EngineError& error);
    void update();

    Services m_services;
    ModelSource m_source;
    QString m_title;
    qint64 m_layersRequest = 0, m_request = 0;
    QString m_suggested;
    QLineEdit* m_input = nullptr;
    QComboBox* m_layer = nullptr;
    QComboBox* m_pool = nullptr;
    QComboBox* m_format = nullptr;
    QLineEdit* m_output = nullptr;
    widgets::Label* m_width = nullptr;
    widgets::MessageBar* m_message = nullptr;
    widgets::ProgressPanel* m_progress = nullptr;
    QWidget* m_form = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_start = nullptr;
};

} // namespace papilio::app
