// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace papilio::app
{

/// Answer of `import.preview`.
struct PreviewReply {
    struct Value {
        QString value;
        qint64 rows = 0;
    };
    struct Column {
        int index = 0;
        QString name, role, level, kind, unit, why;
        int classes = 0;
        qint64 present = 0, text = 0, decimalCommas = 0;
        QString rule;           ///< how cells are read that are no plain numbers
        QStringList classNames; ///< texts that stand for classes, or could
        QList<Value> values;    ///< the most frequent ones
    };
    /// A column that tells kinds of values apart in a column that becomes one task.
    struct Kinds {
        QString column, of;
        QList<Value> values; ///< most frequent first
    };
    struct Row {
        qint64 row = 0;
        QStringList cells;
        QString canonical, status, reason;
    };
    QString file, format, lineEnds, packing, encoding, delimiter;
    QStringList notes;
    bool compressed = false, byteOrderMark = false, wholeFile = false;
    qint64 rowsLooked = 0, used = 0, merged = 0, repaired = 0, rejected = 0; ///< rejected without those left out
    qint64 leftOut = 0; ///< as asked
    bool noneTaken = false; ///< no row looked at is asked for; the import looks on
    QList<Kinds> kinds;
    std::vector<Column> columns;
    std::vector<Row> rows;

    QList<Value> values(const QString& column) const; ///< the most frequent ones
};
PreviewReply previewFrom(const QJsonObject& object);

/// One entry of `import.run`'s reports.
struct ImportReply {
    QString dataset;
    qint64 rows = 0, used = 0, merged = 0, repaired = 0, rejected = 0; ///< rejected without those left out
    qint64 leftOut = 0; ///< as asked
    qint64 molecules = 0, newMolecules = 0, conflictingRows = 0;
    double seconds = 0;
    bool resumed = false;
    QStringList notes;
};
std::vector<ImportReply> importReportsFrom(const QJsonObject& object);

/// Labels or predictions of one task (known) or one head's task (predicted); missing numbers are NaN.
struct TaskValues {
    QString head, dataset, task, level, kind, unit;
    QString title;                   ///< for people, where the model has another name than the task's
    bool known = true;               ///< the task has a name; false: 'title' says that it has none
    int classes = 0;
    std::vector<double> values;
    std::vector<double> percentiles; ///< 0 … 100 against the model's reference, one a value; may be empty
    QStringList classNames;          ///< may be empty
    bool ordered = false;            ///< the classes are steps: down, neutral, up

    const QString& name() const { return title.isEmpty() ? task : title; }
};

/// Class with the largest probability; −1 without values.
int mostProbableClass(const TaskValues& values);
/// Expected step of ordered classes, counted from the middle one: −1 … +1 for three. NaN where it makes no sense.
double expectedStep(const TaskValues& values);
/// "up"; "class 2" where classes have no names.
QString className(const TaskValues& values, int index);

/// Answer of `molecule.lookup`.
struct LookupReply {
    QString smiles, canonical, formula, part;
    double weight = 0, logp = 0, tpsa = 0;
    int heavyAtoms = 0;
    std::vector<int> toCanonical;
    QJsonObject depiction;
    qint64 molecule = 0;
    QStringList places; ///< "tox21 row 17"
    std::vector<TaskValues> known, predictions;
};
LookupReply lookupFrom(const QJsonObject& object);

/// Answer of `molecule.explain`.
struct ExplainReply {
    std::vector<double> atoms, bonds;
    double output = 0, baseline = 0, sumGap = 0;
    bool hasBonds = false;
};
ExplainReply explainFrom(const QJsonObject& object);

} // namespace papilio::app
