// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/train/splitreply.h"

class QStandardItemModel;
class QTableView;

namespace papilio::app
{

/// Everything that is known about a split: labels of each task in each part, what stands on both sides by name, and
/// leaks between datasets.
class SplitDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SplitDialog(const SplitReply& reply, QWidget* parent = nullptr);

private:
    QWidget* buildTasks(const SplitReply& reply);
    QWidget* buildPairs(const SplitReply& reply);
    QWidget* buildLeaks(const SplitReply& reply);
    QWidget* buildSimilarity(const SplitReply& reply);
    QTableView* table(const QString& object, const QString& accessible, QStandardItemModel* model);
    QWidget* foot();
};

} // namespace papilio::app
