// SPDX-License-Identifier: GPL-3.0-or-later
// Every widget with made-up data. "gallery" opens a window; "gallery --shots FOLDER" writes pictures of every page, light
// and dark, and ends.
#include <QApplication>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QCommandLineParser>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "tests/widgets/madeup.h"
#include "widgets/droparea.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/moleculeview.h"
#include "widgets/presetcard.h"
#include "widgets/splitbar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::widgets;
using namespace Qt::StringLiterals;

namespace
{

QPushButton* button(const QString& text, Variant look = Variant::Secondary, const QString& iconName = {})
{
    auto* b = new QPushButton(text);
    setVariant(b, look);
    if (!iconName.isEmpty()) {
        b->setIcon(icon(iconName, Role::Text));
    }
    return b;
}

QWidget* row(std::initializer_list<QWidget*> widgets)
{
    auto* w = new QWidget;
    auto* layout = new QHBoxLayout(w);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget : widgets) {
        layout->addWidget(widget);
    }
    layout->addStretch();
    return w;
}

QVBoxLayout* column(QWidget* parent, int margin = 16, int spacing = 10)
{
    auto* layout = new QVBoxLayout(parent);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(spacing);
    return layout;
}

QWidget* controls()
{
    auto* left = new Pane(Role::Surface);
    auto* l = column(left);
    l->addWidget(new Label(u"Controls and states"_s, TextStyle::Title));
    auto* disabledPrimary = button(u"Start"_s, Variant::Primary);
    disabledPrimary->setEnabled(false);
    auto* disabled = button(u"Import…"_s, Variant::Secondary, u"import"_s);
    disabled->setEnabled(false);
    l->addWidget(row({button(u"Start"_s, Variant::Primary, u"play"_s), disabledPrimary, button(u"Import…"_s, Variant::Secondary, u"import"_s),
                      disabled, button(u"Show rows"_s, Variant::Link), button(u"Flat"_s, Variant::Flat)}));
    auto* tool = new QToolButton;
    tool->setIcon(icon(u"lasso"_s));
    auto* toolOn = new QToolButton;
    toolOn->setIcon(icon(u"lasso"_s));
    toolOn->setCheckable(true);
    toolOn->setChecked(true);
    auto* field = new QLineEdit;
    field->setPlaceholderText(u"Filter tasks"_s);
    field->addAction(icon(u"filter"_s), QLineEdit::LeadingPosition);
    auto* wrong = new QLineEdit(u"C1CC"_s);
    setErrorState(wrong, true);
    auto* off = new QLineEdit(u"read only"_s);
    off->setEnabled(false);
    l->addWidget(row({tool, toolOn, field, wrong, off}));
    auto* combo = new QComboBox;
    combo->addItems({u"graph"_s, u"node"_s, u"edge"_s});
    auto* spin = new QSpinBox;
    spin->setRange(1, 1000);
    spin->setValue(50);
    auto* real = new QDoubleSpinBox;
    real->setDecimals(4);
    real->setValue(0.001);
    auto* comboOff = new QComboBox;
    comboOff->addItem(u"graph"_s);
    comboOff->setEnabled(false);
    l->addWidget(row({combo, spin, real, comboOff, new SegmentedControl({u"2D"_s, u"3D"_s})}));
    auto* on = new QCheckBox(u"checked"_s);
    on->setChecked(true);
    auto* part = new QCheckBox(u"partly"_s);
    part->setTristate(true);
    part->setCheckState(Qt::PartiallyChecked);
    auto* checkOff = new QCheckBox(u"disabled"_s);
    checkOff->setChecked(true);
    checkOff->setEnabled(false);
    auto* radio = new QRadioButton(u"radio"_s);
    radio->setChecked(true);
    l->addWidget(row({on, new QCheckBox(u"not checked"_s), part, checkOff, radio, new QRadioButton(u"other"_s)}));
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(72);
    slider->setFixedWidth(120);
    l->addWidget(row({new Label(u"Smoothing"_s, TextStyle::Caption, Role::TextSecondary), slider, new Chip(u"dataset = Tox21"_s)}));
    auto* tabs = new QTabBar;
    tabs->addTab(u"Coverage"_s);
    tabs->addTab(u"Overlap"_s);
    tabs->addTab(u"Map"_s);
    tabs->setTabEnabled(2, false);
    l->addWidget(tabs);
    auto* table = new QTableWidget(4, 4);
    table->setHorizontalHeaderLabels({u"Row"_s, u"smiles"_s, u"value"_s, u"Status"_s});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int r = 0; r < 4; ++r) {
        const QStringList cells{QString::number(58 + r), u"CNC(=NC#N)Nc1ccccc1"_s, u"0.53"_s, u"used"_s};
        for (int c = 0; c < 4; ++c) {
            table->setItem(r, c, new QTableWidgetItem(cells[c]));
        }
    }
    table->verticalHeader()->setDefaultSectionSize(24);
    table->selectRow(1);
    table->setFixedHeight(130);
    l->addWidget(table);
    l->addWidget(new SectionHeader(u"Split"_s));
    auto* split = new SplitBar;
    split->setCounts(46236, 5781, 5779);
    l->addWidget(split);
    auto* parts = new ProportionBar;
    parts->setParts({{u"used"_s, 1975, ProportionBar::Tone::Ink, 0, {}}, {u"merged"_s, 64, ProportionBar::Tone::Series, 4, {}}, {u"rejected"_s, 11, ProportionBar::Tone::Error, 0, u"valence of N"_s}});
    l->addWidget(parts);
    auto* cards = new QHBoxLayout;
    auto* group = new QButtonGroup(left);
    int index = 0;
    for (const QString& name : {u"GCN"_s, u"GIN"_s, u"GINE"_s}) {
        auto* card = new PresetCard(name, name.toLower());
        card->setParameters(131074 + 26000 * index);
        card->setTime(u"%1× time"_s.arg(0.7 + 0.15 * index));
        card->setChecked(index == 2);
        group->addButton(card);
        cards->addWidget(card);
        ++index;
    }
    l->addLayout(cards);
    l->addStretch();

    auto* right = new Pane(Role::Surface, Qt::LeftEdge);
    auto* r = column(right);
    auto* job = new JobPanel;
    job->setTitle(u"Run 14 · epoch 62 of 100"_s);
    job->setProgress({"training", 62, 100, "molecules", 6100, 288});
    r->addWidget(job);
    const std::tuple<MessageBar::Kind, QString, QString> messages[] = {
        {MessageBar::Kind::Success, u"Report written"_s, {}},
        {MessageBar::Kind::Info, u"A newer checkpoint exists"_s, {}},
        {MessageBar::Kind::Warning, u"11 of 2 050 rows not used"_s, u"in BBBP.csv · 64 merged with an earlier row"_s},
        {MessageBar::Kind::Error, u"BBBP.csv, row 60: valence of N"_s, {}}};
    for (const auto& [kind, strong, text] : messages) {
        auto* bar = new MessageBar;
        r->addWidget(bar);
        bar->showMessage(kind, strong, text, kind == MessageBar::Kind::Warning ? QStringList{u"Show rows"_s} : QStringList());
    }
    auto* progress = new ProgressPanel;
    progress->setTitle(u"Importing ToxCast"_s);
    progress->setProgress({"", 42, 100, "rows", 5100, 1});
    r->addWidget(progress);
    r->addWidget(new LoadingRows);
    auto* empties = new QHBoxLayout;
    auto* empty = new EmptyState(u"train"_s, u"No run yet"_s, u"The curves of every task appear here while a model learns."_s, u"Choose tasks…"_s);
    auto* error = new EmptyState;
    error->setContent({}, u"No drawing for this molecule"_s, u"Atom 2, N: valence 4, at most 3. Row 60 of BBBP.csv"_s, u"Copy SMILES"_s, EmptyState::Kind::Error);
    error->setSecondButton(u"Show row"_s);
    empties->addWidget(empty);
    empties->addWidget(error);
    r->addLayout(empties);
    r->addWidget(new DropArea);
    auto* facts = new FactList;
    facts->setFacts({{u"Kind"_s, u"regression"_s}, {u"Labels"_s, formatCount(12000) + u", "_s + formatPercent(0.203, 1) + u" of molecules"_s}, {u"Mean ± SD"_s, u"2.466 ± 1.425"_s}});
    r->addWidget(facts);
    r->addStretch();
    auto* page = new QWidget;
    auto* both = new QHBoxLayout(page);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(0);
    both->addWidget(left, 1);
    both->addWidget(right, 1);
    return page;
}

QWidget* dataPage()
{
    auto* page = new Pane;
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* left = new QWidget;
    left->setFixedWidth(296);
    auto* l = column(left, 0, 0);
    l->addWidget(new SectionHeader(u"Datasets and tasks"_s, SectionHeader::Kind::PanelTitle));
    auto* tree = new TaskTreeView;
    tree->taskModel()->setDatasets(madeup::tree());
    l->addWidget(tree);
    auto* matrix = new CoverageMatrix;
    matrix->setData(madeup::coverage());
    matrix->setSelectedTask(33);
    tree->setCurrentTask(33);
    auto* right = new QWidget;
    right->setFixedWidth(312);
    auto* r = column(right, 12);
    auto* histogram = new HistogramView;
    HistogramData data = HistogramData::fromValues(madeup::logp());
    data.name = u"logp"_s;
    data.countName = u"molecules"_s;
    data.series = 2;
    histogram->setData(data);
    histogram->setFixedHeight(176);
    auto* balance = new HistogramView;
    HistogramData classes;
    classes.name = u"NR-AhR"_s;
    classes.countName = u"molecules"_s;
    classes.series = 1;
    classes.classes = {{u"inactive"_s, 5781}, {u"active"_s, 768}};
    classes.n = 6549;
    balance->setData(classes);
    balance->setFixedHeight(176);
    auto* none = new HistogramView;
    none->setFixedHeight(120);
    r->addWidget(new Label(u"logp"_s, TextStyle::Title));
    r->addWidget(histogram);
    r->addWidget(new Hairline);
    r->addWidget(balance);
    r->addWidget(new Hairline);
    r->addWidget(none);
    r->addStretch();
    layout->addWidget(left);
    layout->addWidget(new Hairline(Qt::Vertical));
    layout->addWidget(matrix, 1);
    layout->addWidget(new Hairline(Qt::Vertical));
    layout->addWidget(right);
    return page;
}

QWidget* widePage()
{
    CoverageData data;
    for (int s = 0; s < 5; ++s) {
        data.datasets.push_back({s + 1, QStringList{u"TOX21"_s, u"ATG"_s, u"BSK"_s, u"APR"_s, u"NVS"_s}[s], s, 1500});
    }
    const int counts[] = {100, 146, 115, 43, 213};
    qint64 id = 1;
    for (int s = 0; s < 5; ++s) {
        for (int t = 0; t < counts[s]; ++t) {
            data.columns.push_back({id++, s, u"%1_%2"_s.arg(data.datasets[static_cast<std::size_t>(s)].name).arg(t), Level::Graph, 100});
        }
    }
    std::mt19937 random(1);
    for (int b = 0; b < 500; ++b) {
        data.bins.push_back({15, b / 100});
        for (const auto& column : data.columns) {
            const double share = column.dataset <= b / 100 ? 1.0 / (1 + (b % 100) / 20 + column.dataset) : (random() % 50 == 0 ? 0.1 : 0);
            data.labelled.push_back(static_cast<quint32>(share * 15));
        }
    }
    auto* matrix = new CoverageMatrix;
    matrix->setData(data);
    matrix->setSelectedTask(160);
    auto* empty = new CoverageMatrix;
    auto* page = new QWidget;
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(matrix, 2);
    layout->addWidget(empty, 1);
    return page;
}

QWidget* trainPage()
{
    auto* page = new Pane;
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* wall = new CurveWallView;
    wall->wallModel()->setRows(madeup::wall());
    wall->selectTask(34);
    auto* plots = new QWidget;
    plots->setFixedWidth(440);
    auto* p = column(plots, 0, 0);
    auto* group = new CurveGroup(page);
    group->setSmoothing(0.72);
    for (int i = 0; i < 3; ++i) {
        auto* plot = new CurvePlot;
        plot->setTitle(QStringList{u"SR-ARE"_s, u"logp"_s, u"Loss"_s}[i], u"validation, n = %1"_s.arg(formatCount(583 + 617 * i)));
        plot->setAxisNames(u"epoch"_s, QStringList{u"AUROC"_s, u"MAE, log₁₀ units"_s, u"loss"_s}[i]);
        plot->setSeries(madeup::curves(i == 0));
        plot->setPlannedEpochs(100);
        plot->setXAxisVisible(i == 2);
        group->add(plot);
        plot->setLogarithmic(i == 2);
        p->addWidget(plot);
        p->addWidget(new Hairline);
    }
    group->setCursor(57);
    auto* empty = new CurvePlot;
    empty->setTitle(u"no data"_s, {});
    p->addWidget(empty);
    layout->addWidget(wall, 1);
    layout->addWidget(new Hairline(Qt::Vertical));
    layout->addWidget(plots);
    return page;
}

QWidget* lookUpPage()
{
    auto* page = new Pane;
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* card = new QWidget;
    card->setFixedWidth(568);
    auto* c = column(card, 0, 0);
    auto* drawing = new MoleculeView;
    drawing->setMolecule(madeup::depiction(), madeup::smiles);
    const ScoreScale scale = ScoreScale::forScores(madeup::atomScores());
    drawing->setScores(madeup::atomScores(), {}, scale);
    drawing->setFixedHeight(250);
    auto* bar = new ScaleBar;
    bar->setScale(scale);
    bar->setTexts(u"lowers the logit"_s, u"raises the logit"_s);
    auto* smiles = new SmilesBar;
    smiles->setSmiles(madeup::smiles, smilesAtomMap(madeup::smiles), madeup::atomScores(), scale);
    auto* space = new Molecule3DView;
    space->setMolecule(madeup::conformer());
    space->setScores(madeup::atomScores(), scale);
    c->addWidget(drawing);
    c->addWidget(bar);
    c->addWidget(smiles);
    c->addWidget(new SectionHeader(u"3D view"_s, SectionHeader::Kind::PanelTitle));
    c->addWidget(space, 1);
    auto* right = new QWidget;
    auto* r = new QGridLayout(right);
    for (int i = 0; i < 6; ++i) {
        auto* small = new MoleculeView;
        small->setMolecule(madeup::depiction(), madeup::smiles);
        small->setFixedSize(130 + 30 * (i % 3), 90 + 20 * (i % 3));
        r->addWidget(small, i / 3, i % 3);
    }
    auto* bonds = new MoleculeView;
    bonds->setMolecule(madeup::depiction(), madeup::smiles);
    std::vector<double> scores;
    for (std::size_t i = 0; i < madeup::depiction().bonds.size(); ++i) {
        scores.push_back(std::sin(static_cast<double>(i)) * 0.5);
    }
    bonds->setScores({}, scores, ScoreScale{0.6});
    bonds->highlightAtom(13);
    r->addWidget(bonds, 2, 0, 1, 3);
    auto* plain = new Molecule3DView;
    plain->setMolecule(madeup::conformer());
    plain->highlightAtom(9);
    r->addWidget(plain, 3, 0, 1, 3);
    layout->addWidget(card);
    layout->addWidget(new Hairline(Qt::Vertical));
    layout->addWidget(right, 1);
    return page;
}

/// What only shows while somebody does something: hover, keyboard focus, menu, dialog.
void passingStates(const QDir& folder, const QString& suffix)
{
    CoverageMatrix matrix;
    matrix.resize(780, 620);
    matrix.setData(madeup::coverage());
    matrix.show();
    QMouseEvent move(QEvent::MouseMove, QPointF(470, 380), matrix.mapToGlobal(QPointF(470, 380)), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(matrix.viewport(), &move);
    matrix.grab().save(folder.filePath(u"hover-%1.png"_s.arg(suffix)));
    matrix.zoomTo({20, 38000, 10, 60});
    matrix.grab().save(folder.filePath(u"zoomed-%1.png"_s.arg(suffix)));

    QMenu menu;
    menu.addSection(u"Molecule"_s);
    menu.addAction(icon(u"copy"_s), u"Copy picture"_s, QKeySequence::Copy, &menu, [] {});
    QAction* check = menu.addAction(u"Element labels"_s);
    check->setCheckable(true);
    check->setChecked(true);
    menu.addSeparator();
    menu.addMenu(u"Export"_s);
    menu.addAction(u"Not possible"_s)->setEnabled(false);
    menu.setActiveAction(check);
    menu.popup({100, 100});
    QApplication::processEvents();
    menu.grab().save(folder.filePath(u"menu-%1.png"_s.arg(suffix)));
    menu.hide();

    QDialog dialog;
    dialog.resize(520, 300);
    auto* layout = new QVBoxLayout(&dialog);
    layout->addWidget(new Label(u"Import BBBP.csv"_s, TextStyle::Title));
    auto* first = new QLineEdit;
    first->setPlaceholderText(u"Dataset name"_s);
    layout->addWidget(first);
    auto* combo = new QComboBox;
    combo->addItems({u"comma"_s, u"tab"_s});
    auto* check2 = new QCheckBox(u"Header in the first line"_s);
    layout->addWidget(row({combo, check2, new QPushButton(u"Save rejected rows…"_s)}));
    layout->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* go = buttons->addButton(u"Import 1 975 molecules"_s, QDialogButtonBox::AcceptRole);
    setVariant(go, Variant::Primary);
    layout->addWidget(buttons);
    dialog.show();
    dialog.activateWindow();
    for (QWidget* widget : {static_cast<QWidget*>(first), static_cast<QWidget*>(check2), static_cast<QWidget*>(go)}) {
        widget->setFocus(Qt::TabFocusReason);
        QApplication::processEvents();
        dialog.grab().save(folder.filePath(u"focus-%1-%2.png"_s.arg(QString::fromLatin1(widget->metaObject()->className()), suffix)));
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"shots"_s, u"write pictures into a folder and end"_s, u"folder"_s});
    parser.addOption({u"dark"_s, u"start dark"_s});
    parser.process(application);
    Theme::install(application, parser.isSet(u"dark"_s) ? Appearance::Dark : Appearance::Light);
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* tabs = new QTabBar;
    auto* stack = new QStackedWidget;
    const QStringList names{u"controls"_s, u"data"_s, u"wide"_s, u"train"_s, u"lookup"_s};
    QWidget* pages[] = {controls(), dataPage(), widePage(), trainPage(), lookUpPage()};
    for (int i = 0; i < names.size(); ++i) {
        tabs->addTab(names[i]);
        stack->addWidget(pages[i]);
    }
    layout->addWidget(tabs);
    layout->addWidget(stack, 1);
    QObject::connect(tabs, &QTabBar::currentChanged, stack, &QStackedWidget::setCurrentIndex);
    window.resize(1440, 900);
    window.show();
    if (!parser.isSet(u"shots"_s)) {
        return QApplication::exec();
    }
    const QDir folder(parser.value(u"shots"_s));
    folder.mkpath(u"."_s);
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        Theme::current().setAppearance(appearance);
        for (int i = 0; i < names.size(); ++i) {
            tabs->setCurrentIndex(i);
            for (int k = 0; k < 5; ++k) {
                QApplication::processEvents(QEventLoop::AllEvents, 100);
            }
            const QString file = folder.filePath(u"%1-%2.png"_s.arg(names[i], appearance == Appearance::Dark ? u"dark"_s : u"light"_s));
            window.grab().save(file);
        }
        passingStates(folder, appearance == Appearance::Dark ? u"dark"_s : u"light"_s);
    }
    return 0;
}
