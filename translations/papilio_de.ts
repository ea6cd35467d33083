<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>run %1, validation</source>
        <translation>Lauf %1, Validierung</translation>
    </message>
    <message>
        <source>run %1, training</source>
        <translation>Lauf %1, Training</translation>
    </message>
    <message>
        <source>Save the plot</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>%1 kann nicht geschrieben werden. Bitte einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Copy picture and values</source>
        <translation>Bild und Werte kopieren</translation>
    </message>
    <message>
        <source>Copy values</source>
        <translation>Werte kopieren</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>standard score</source>
        <translation>Standardwert</translation>
    </message>
    <message>
        <source> row %1</source>
        <translation> Zeile %1</translation>
    </message>
    <message>
        <source>used</source>
        <comment>status of a row</comment>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>merged</source>
        <comment>status of a row</comment>
        <translation>vereint</translation>
    </message>
    <message>
        <source>repaired</source>
        <comment>status of a row</comment>
        <translation>repariert</translation>
    </message>
    <message>
        <source>rejected</source>
        <comment>status of a row</comment>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>left out as asked</source>
        <comment>status of a row</comment>
        <translation>wie gewünscht ausgelassen</translation>
    </message>
</context>
<context>
    <name>coverage</name>
    <message>
        <source>grouped by
first dataset</source>
        <translation>nach erstem
Datensatz</translation>
    </message>
    <message>
        <source>grouped by
first dataset,
most labels first</source>
        <translation>gruppiert nach
erstem Datensatz,
meiste Labels zuerst</translation>
    </message>
    <message>
        <source>grouped by
first dataset,
then scaffold</source>
        <translation>gruppiert nach
erstem Datensatz,
dann Gerüst</translation>
    </message>
    <message>
        <source>grouped by
first dataset,
then cluster</source>
        <translation>gruppiert nach
erstem Datensatz,
dann Cluster</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Tables of molecules (%1);;All files (*)</source>
        <translation>Molekültabellen (%1);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Papilio projects (*.papilio)</source>
        <translation>Papilio-Projekte (*.papilio)</translation>
    </message>
    <message>
        <source>Models (%1);;All files (*)</source>
        <translation>Modelle (%1);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>inactive</source>
        <translation>inaktiv</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Data, Train, Look up</source>
        <translation>Daten, Training, Abfrage</translation>
    </message>
    <message>
        <source>Look a molecule up</source>
        <translation>Molekül abfragen</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>Tabelle importieren</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Next, previous field</source>
        <translation>Nächstes, voriges Feld</translation>
    </message>
    <message>
        <source>Check or uncheck a task</source>
        <translation>Aufgabe an- oder abwählen</translation>
    </message>
    <message>
        <source>Pin a curve; look the selected molecule up</source>
        <translation>Kurve anheften; gewähltes Molekül abfragen</translation>
    </message>
    <message>
        <source>Copy what has the focus: picture, table or SMILES</source>
        <translation>Kopieren, was den Fokus hat: Bild, Tabelle oder SMILES</translation>
    </message>
    <message>
        <source>Wheel, drag</source>
        <translation>Mausrad, Ziehen</translation>
    </message>
    <message>
        <source>Zoom and pan matrix, plots and 3D; double click shows all</source>
        <translation>Matrix, Diagramme und 3D zoomen und verschieben; Doppelklick zeigt alles</translation>
    </message>
    <message>
        <source>Logarithmic axis of a curve</source>
        <translation>Logarithmische Achse einer Kurve</translation>
    </message>
    <message>
        <source>Matrix and 3D view: show all</source>
        <translation>Matrix und 3D-Ansicht: alles zeigen</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>About Papilio</source>
        <translation>Über Papilio</translation>
    </message>
    <message>
        <source>Train, explore and explain models of many sparse molecular tasks</source>
        <translation>Modelle für viele, dünn besetzte Molekülaufgaben trainieren, erkunden und erklären</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.
Built on Qt, QCustomPlot, VTK, SQLite, RDKit and LibTorch.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.
Beruht auf Qt, QCustomPlot, VTK, SQLite, RDKit und LibTorch.</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Search in a long table</source>
        <translation>In einer langen Tabelle suchen</translation>
    </message>
    <message>
        <source>Add a data set of the field</source>
        <translation>Einen Datensatz des Fachs hinzufügen</translation>
    </message>
</context>
<context>
    <name>metrics</name>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>cosine, normalised</source>
        <translation>Kosinus, normiert</translation>
    </message>
    <message>
        <source>average precision</source>
        <translation>mittlere Präzision</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>balanced accuracy</source>
        <translation>ausgewogene Genauigkeit</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>calibration error</source>
        <translation>Kalibrierfehler</translation>
    </message>
    <message>
        <source>MAE of class</source>
        <translation>MAE der Klasse</translation>
    </message>
</context>
<context>
    <name>options</name>
    <message>
        <source>Train, explore and explain models of many sparse molecular tasks.</source>
        <translation>Modelle für viele, dünn besetzte Molekülaufgaben trainieren, erkunden und erklären.</translation>
    </message>
    <message>
        <source>A project (*.papilio) to open, or tables to import.</source>
        <translation>Ein Projekt (*.papilio) zum Öffnen oder Tabellen zum Importieren.</translation>
    </message>
    <message>
        <source>Make and open the sample project.</source>
        <translation>Das Beispielprojekt erstellen und öffnen.</translation>
    </message>
    <message>
        <source>Page to show: data, train or lookup.</source>
        <translation>Gezeigte Seite: data, train oder lookup.</translation>
    </message>
    <message>
        <source>light, dark or system, for this time only.</source>
        <translation>light, dark oder system, nur für dieses Mal.</translation>
    </message>
    <message>
        <source>Look a molecule up.</source>
        <translation>Ein Molekül abfragen.</translation>
    </message>
    <message>
        <source>Write a picture of the window when the page is loaded, and end.</source>
        <translation>Ein Bild des Fensters schreiben, sobald die Seite geladen ist, und enden.</translation>
    </message>
    <message>
        <source>Size of the window, for example 1440x900.</source>
        <translation>Größe des Fensters, zum Beispiel 1440x900.</translation>
    </message>
    <message>
        <source>File to keep the settings in.</source>
        <translation>Datei für die Einstellungen.</translation>
    </message>
    <message>
        <source>End when the first page is loaded.</source>
        <translation>Enden, sobald die erste Seite geladen ist.</translation>
    </message>
</context>
<context>
    <name>options-list</name>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>One of these is needed: %1</source>
        <translation>Eines davon wird gebraucht: %1</translation>
    </message>
    <message>
        <source>true or false is needed</source>
        <translation>true oder false wird gebraucht</translation>
    </message>
    <message>
        <source>A whole number is needed</source>
        <translation>Eine ganze Zahl wird gebraucht</translation>
    </message>
    <message>
        <source>A number is needed</source>
        <translation>Eine Zahl wird gebraucht</translation>
    </message>
    <message>
        <source>Out of range: %1</source>
        <translation>Außerhalb des Bereichs: %1</translation>
    </message>
</context>
<context>
    <name>papilio::app</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Data, Train, Look up</source>
        <translation>Daten, Training, Abfrage</translation>
    </message>
    <message>
        <source>Look a molecule up</source>
        <translation>Molekül abfragen</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>Tabelle importieren</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Next, previous field</source>
        <translation>Nächstes, voriges Feld</translation>
    </message>
    <message>
        <source>Check or uncheck a task</source>
        <translation>Aufgabe an- oder abwählen</translation>
    </message>
    <message>
        <source>Pin a curve; look the selected molecule up</source>
        <translation>Kurve anheften; gewähltes Molekül abfragen</translation>
    </message>
    <message>
        <source>Copy what has the focus: picture, table or SMILES</source>
        <translation>Kopieren, was den Fokus hat: Bild, Tabelle oder SMILES</translation>
    </message>
    <message>
        <source>Wheel, drag</source>
        <translation>Mausrad, Ziehen</translation>
    </message>
    <message>
        <source>Zoom and pan matrix, plots and 3D; double click shows all</source>
        <translation>Matrix, Diagramme und 3D zoomen und verschieben; Doppelklick zeigt alles</translation>
    </message>
    <message>
        <source>Logarithmic axis of a curve</source>
        <translation>Logarithmische Achse einer Kurve</translation>
    </message>
    <message>
        <source>Matrix and 3D view: show all</source>
        <translation>Matrix und 3D-Ansicht: alles zeigen</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>About Papilio</source>
        <translation>Über Papilio</translation>
    </message>
    <message>
        <source>Train, explore and explain models of many sparse molecular tasks</source>
        <translation>Modelle für viele, dünn besetzte Molekülaufgaben trainieren, erkunden und erklären</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.
Built on Qt, QCustomPlot, VTK, SQLite, RDKit and LibTorch.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.
Beruht auf Qt, QCustomPlot, VTK, SQLite, RDKit und LibTorch.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Search in a long table</source>
        <translation>In einer langen Tabelle suchen</translation>
    </message>
    <message>
        <source>Add a data set of the field</source>
        <translation>Einen Datensatz des Fachs hinzufügen</translation>
    </message>
</context>
<context>
    <name>papilio::app::AddModelDialog</name>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Looking into %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name in the library</source>
        <translation>Name in der Bibliothek</translation>
    </message>
    <message>
        <source>Letters, digits, &apos;.&apos;, &apos;_&apos; and &apos;-&apos;; the command line knows the model by it</source>
        <translation>Buchstaben, Ziffern, „.“, „_“ und „-“; so heißt das Modell auch auf der Befehlszeile</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>No licence came with this file.</source>
        <translation>Dieser Datei liegt keine Lizenz bei.</translation>
    </message>
    <message>
        <source>Ask its makers before you use it for more than a look.</source>
        <translation>Fragen Sie die Urheber, bevor Sie mehr damit tun, als es anzusehen.</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>Read it below; it stays with the model.</source>
        <translation>Lesen Sie sie unten; sie bleibt beim Modell.</translation>
    </message>
    <message>
        <source>Adding</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>%1 cannot be added</source>
        <translation>%1 lässt sich nicht hinzufügen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>papilio::app::AdvancedDialog</name>
    <message>
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>Settings, %1 changed</source>
        <translation>Einstellungen, %1 geändert</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Double click or F2 to change; emptied, the default comes back</source>
        <translation>Doppelklick oder F2 zum Ändern; geleert gilt wieder die Vorgabe</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>%1 labels</source>
        <translation>%1 Labels</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>All settings of the next run</source>
        <translation>Alle Einstellungen des nächsten Laufs</translation>
    </message>
    <message>
        <source>Losses of the heads</source>
        <translation>Verluste der Köpfe</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Search by name or meaning  (Ctrl+F)</source>
        <translation>Name oder Bedeutung suchen  (Strg+F)</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>The curve stands here as soon as the recipe is complete</source>
        <translation>Die Kurve steht hier, sobald das Rezept vollständig ist</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>without effect as the rest stands</source>
        <translation>beim jetzigen Rest ohne Wirkung</translation>
    </message>
</context>
<context>
    <name>papilio::app::ColumnsPanel</name>
    <message>
        <source>Cut at</source>
        <translation>Klassen bei</translation>
    </message>
    <message>
        <source>Numbers become ordered classes: -2; 2 makes three of them. Classes become others: = 0; 0; 1 makes two of three. The numbers are parted by semicolons or blanks.</source>
        <translation>Aus Zahlen werden geordnete Klassen: -2; 2 ergibt drei. Aus Klassen werden andere: = 0; 0; 1 macht aus dreien zwei. Zwischen den Zahlen stehen Semikolons oder Leerzeichen.</translation>
    </message>
    <message>
        <source>Structure column</source>
        <translation>Strukturspalte</translation>
    </message>
    <message>
        <source>Label columns, names or patterns</source>
        <translation>Label-Spalten, Namen oder Muster</translation>
    </message>
    <message>
        <source>guessed; or NR-*, SR-*</source>
        <translation>automatisch; oder NR-*, SR-*</translation>
    </message>
    <message>
        <source>Kind of the labels</source>
        <translation>Art der Labels</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>regression</source>
        <translation>Regression</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>multiclass</source>
        <translation>mehrere Klassen</translation>
    </message>
    <message>
        <source>Level of the labels</source>
        <translation>Ebene der Labels</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Columns of the file; checked ones are labels</source>
        <translation>Spalten der Datei; angehakte sind Labels</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>Taken as</source>
        <translation>Gelesen als</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>%1 (guessed)</source>
        <translation>%1 (vermutet)</translation>
    </message>
    <message>
        <source>structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>name of the row</source>
        <translation>Name der Zeile</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht verwendet</translation>
    </message>
    <message>
        <source>%1 of %2 filled</source>
        <translation>%1 von %2 gefüllt</translation>
    </message>
    <message>
        <source>%1 no numbers</source>
        <translation>%1 keine Zahlen</translation>
    </message>
    <message>
        <source>node pair</source>
        <translation>Atompaar</translation>
    </message>
</context>
<context>
    <name>papilio::app::CurvePanel</name>
    <message>
        <source>Filter the tasks of the run</source>
        <translation>Aufgaben des Laufs filtern</translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation>Aufgaben filtern</translation>
    </message>
    <message>
        <source>Curves of all tasks</source>
        <translation>Kurven aller Aufgaben</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Glättung der Kurven</translation>
    </message>
    <message>
        <source>dotted: train</source>
        <translation>··· Training</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Select a task in the table</source>
        <translation>Wählen Sie eine Aufgabe in der Tabelle</translation>
    </message>
    <message>
        <source>Alarms  %1</source>
        <translation>Alarme  %1</translation>
    </message>
    <message>
        <source>validation, n = %1</source>
        <translation>Validierung, n = %1</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>mean over the heads</source>
        <translation>Mittel über die Köpfe</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>The first epoch is under way</source>
        <translation>Die erste Epoche läuft</translation>
    </message>
    <message>
        <source>A curve for every task appears here as soon as it is finished.</source>
        <translation>Sobald sie fertig ist, erscheint hier eine Kurve für jede Aufgabe.</translation>
    </message>
    <message>
        <source>No epoch finished yet</source>
        <translation>Noch keine Epoche fertig</translation>
    </message>
    <message>
        <source>This run ended before its first epoch did. Go on with it, or start another one at the left.</source>
        <translation>Dieser Lauf endete vor seiner ersten Epoche. Setzen Sie ihn fort oder starten Sie links einen anderen.</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>The curves of every task appear here while a model learns. Check the recipe at the left and press Start.</source>
        <translation>Hier erscheinen die Kurven aller Aufgaben, während ein Modell lernt. Prüfen Sie links das Rezept und drücken Sie „Starten“.</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>Metric of each kind of task</source>
        <translation>Metrik für jede Art von Aufgabe</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>Regression</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>Binär</translation>
    </message>
    <message>
        <source>Multiclass</source>
        <translation>Mehrere Klassen</translation>
    </message>
</context>
<context>
    <name>papilio::app::CutOffNotice</name>
    <message>
        <source>Run %1 of %2 is trained on %3</source>
        <translation>Lauf %1 von %2 wird auf %3 trainiert</translation>
    </message>
    <message>
        <source>What came since epoch %1 is not here yet.</source>
        <translation>Was seit Epoche %1 dazukam, ist noch nicht hier.</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Run %1 of %2 was cut off at epoch %3 of %4</source>
        <translation>Lauf %1 von %2 wurde in Epoche %3 von %4 unterbrochen</translation>
    </message>
    <message>
        <source>Its last checkpoint is complete; nothing before it was lost.</source>
        <translation>Sein letzter Zwischenstand ist vollständig; davor ging nichts verloren.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>papilio::app::DataPage</name>
    <message>
        <source>No molecules yet</source>
        <translation>Noch keine Moleküle</translation>
    </message>
    <message>
        <source>Import a table with a structure column: its tasks, coverage, distributions and molecules appear here. You can also drop a file on the window.</source>
        <translation>Importieren Sie eine Tabelle mit Strukturspalte: Ihre Aufgaben, Abdeckung, Verteilungen und Moleküle erscheinen hier. Sie können auch eine Datei auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>%1 of %2 tasks checked for training</source>
        <translation>%1 von %2 Aufgaben fürs Training gewählt</translation>
    </message>
    <message>
        <source>Counting the labels</source>
        <translation>Labels werden gezählt</translation>
    </message>
    <message>
        <source>%1 molecules × %2 tasks</source>
        <translation>%1 Moleküle × %2 Aufgaben</translation>
    </message>
    <message>
        <source>The labels cannot be read</source>
        <translation>Die Labels sind nicht lesbar</translation>
    </message>
    <message>
        <source>%1 with a label of %2 · highest %3first</source>
        <translation>%1 mit Label für %2 · höchster %3zuerst</translation>
    </message>
    <message>
        <source>mean of the molecule </source>
        <translation>Mittelwert des Moleküls </translation>
    </message>
    <message>
        <source>The import of %1 was cut off.</source>
        <translation>Der Import von %1 wurde unterbrochen.</translation>
    </message>
    <message>
        <source>What is there is whole; importing the same file again completes it.</source>
        <translation>Das Vorhandene ist heil; ein neuer Import derselben Datei vervollständigt es.</translation>
    </message>
    <message>
        <source>%1 of %2 rows not used</source>
        <translation>%1 von %2 Zeilen nicht verwendet</translation>
    </message>
    <message>
        <source>%1 merged with an earlier row of the same molecule</source>
        <translation>%1 mit früherer Zeile gleichen Moleküls vereint</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>Zeilen zeigen</translation>
    </message>
    <message>
        <source>Datasets and tasks</source>
        <translation>Datensätze und Aufgaben</translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation>Aufgaben filtern</translation>
    </message>
    <message>
        <source>Views of the data</source>
        <translation>Ansichten der Daten</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Coverage: molecules by tasks</source>
        <translation>Abdeckung: Moleküle nach Aufgaben</translation>
    </message>
    <message>
        <source>Molecules with a label of the selected task</source>
        <translation>Moleküle mit einem Label der gewählten Aufgabe</translation>
    </message>
    <message>
        <source>Molecules with a label of the selected task, highest first</source>
        <translation>Moleküle mit einem Label der gewählten Aufgabe, höchster Wert zuerst</translation>
    </message>
    <message>
        <source>values in %1</source>
        <translation>Werte in %1</translation>
    </message>
    <message>
        <source>Curate…</source>
        <translation>Bereinigen…</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Überschneidung</translation>
    </message>
    <message>
        <source>Order of the molecules</source>
        <translation>Reihenfolge der Moleküle</translation>
    </message>
    <message>
        <source>How molecules stand within the group of the dataset that labelled them first</source>
        <translation>Wie Moleküle innerhalb der Gruppe des Datensatzes stehen, der sie zuerst mit Labels versehen hat</translation>
    </message>
    <message>
        <source>as imported</source>
        <translation>wie importiert</translation>
    </message>
    <message>
        <source>most labels first</source>
        <translation>meiste Labels zuerst</translation>
    </message>
    <message>
        <source>by scaffold</source>
        <translation>nach Gerüst</translation>
    </message>
    <message>
        <source>by cluster</source>
        <translation>nach Cluster</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Compare all tasks</source>
        <translation>Alle Aufgaben vergleichen</translation>
    </message>
    <message>
        <source>Overlap and correlation of tasks</source>
        <translation>Überschneidung und Korrelation der Aufgaben</translation>
    </message>
    <message>
        <source>ordering …</source>
        <translation>ordnet …</translation>
    </message>
    <message>
        <source>ordering … %1 %</source>
        <translation>ordnet … %1 %</translation>
    </message>
    <message>
        <source>cannot be ordered</source>
        <translation>kann nicht geordnet werden</translation>
    </message>
    <message>
        <source>Reading the pairs of tasks</source>
        <translation>Paare von Aufgaben werden gelesen</translation>
    </message>
    <message>
        <source>The pairs of tasks cannot be read</source>
        <translation>Die Paare von Aufgaben können nicht gelesen werden</translation>
    </message>
    <message>
        <source>Not compared yet</source>
        <translation>Noch nicht verglichen</translation>
    </message>
    <message>
        <source>How many molecules two tasks share, and how their labels go together, will stand here.</source>
        <translation>Hier wird stehen, wie viele Moleküle zwei Aufgaben gemeinsam haben und wie ihre Werte zusammenhängen.</translation>
    </message>
    <message>
        <source>%1 of other datasets left out</source>
        <translation>%1 anderer Datensätze weggelassen</translation>
    </message>
    <message>
        <source>comparing … %1 of %2 tasks</source>
        <translation>vergleicht … %1 von %2 Aufgaben</translation>
    </message>
    <message>
        <source>Selected  %1</source>
        <translation>Gewählt  %1</translation>
    </message>
    <message>
        <source>molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>pair of datasets not compared yet</source>
        <translation>Paar von Datensätzen noch nicht verglichen</translation>
    </message>
    <message>
        <source>pairs of datasets not compared yet</source>
        <translation>Paare von Datensätzen noch nicht verglichen</translation>
    </message>
</context>
<context>
    <name>papilio::app::DatasetCardView</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the citation</source>
        <translation>Zitat kopieren</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilung</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>, or </source>
        <translation>, oder </translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>, else </source>
        <translation>, sonst </translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>Größe unbekannt</translation>
    </message>
    <message>
        <source>checksum known</source>
        <translation>Prüfsumme bekannt</translation>
    </message>
    <message>
        <source>checksum not known</source>
        <translation>Prüfsumme unbekannt</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Beschaffen</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Liegt in</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>not known; ask its makers</source>
        <translation>unbekannt; bitte bei den Urhebern fragen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>papilio::app::DatasetList</name>
    <message>
        <source>Data sets</source>
        <translation>Datensätze</translation>
    </message>
</context>
<context>
    <name>papilio::app::DatasetListModel</name>
    <message>
        <source>all of them: %1</source>
        <translation>alle: %1</translation>
    </message>
    <message>
        <source>set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>here</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>in part</source>
        <translation>zum Teil</translation>
    </message>
</context>
<context>
    <name>papilio::app::DatasetsDialog</name>
    <message>
        <source>Data sets</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Search the data sets</source>
        <translation>Datensätze durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>From a folder…</source>
        <translation>Aus einem Ordner…</translation>
    </message>
    <message>
        <source>The files are on this computer already, under the names that they were published with</source>
        <translation>Die Dateien sind schon auf diesem Rechner, unter den Namen ihrer Veröffentlichung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The data sets cannot be listed</source>
        <translation>Die Datensätze können nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No data set fits</source>
        <translation>Kein Datensatz passt</translation>
    </message>
    <message>
        <source>Other words find others: a name, an assay, a collection.</source>
        <translation>Andere Wörter finden andere: ein Name, ein Test, eine Sammlung.</translation>
    </message>
    <message>
        <source>Download and import</source>
        <translation>Herunterladen und importieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>The folder with the files</source>
        <translation>Ordner mit den Dateien</translation>
    </message>
    <message>
        <source>New project for %1</source>
        <translation>Neues Projekt für %1</translation>
    </message>
    <message>
        <source>Fetching %1</source>
        <translation>%1 wird geholt</translation>
    </message>
    <message>
        <source>Looking for %1</source>
        <translation>%1 wird gesucht</translation>
    </message>
    <message>
        <source>split %1: %2</source>
        <translation>Teilung %1: %2</translation>
    </message>
    <message>
        <source>added to the models as %1</source>
        <translation>zu den Modellen hinzugefügt als %1</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Geholt</translation>
    </message>
    <message>
        <source>Not all of it was found; see below.</source>
        <translation>Nicht alles wurde gefunden; siehe unten.</translation>
    </message>
    <message>
        <source>Imported: %1</source>
        <translation>Importiert: %1</translation>
    </message>
    <message>
        <source>Added to the models: %1</source>
        <translation>Zu den Modellen hinzugefügt: %1</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>%1, %2 used</source>
        <translation>%1, %2 verwendet</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>papilio::app::EngineClient</name>
    <message>
        <source>The engine started but did not greet within %1 s.</source>
        <translation>Der Rechenkern startete, meldete sich aber nicht innerhalb von %1 s.</translation>
    </message>
    <message>
        <source>It may be a different program: %1</source>
        <translation>Vielleicht ist es ein anderes Programm: %1</translation>
    </message>
    <message>
        <source>Stopped before it began.</source>
        <translation>Gestoppt, bevor es begann.</translation>
    </message>
    <message>
        <source>The engine speaks protocol %1, this window speaks %2.</source>
        <translation>Der Rechenkern spricht Protokoll %1, dieses Fenster %2.</translation>
    </message>
    <message>
        <source>Install papilio and papilio-engine of the same version.</source>
        <translation>Installieren Sie papilio und papilio-engine in derselben Version.</translation>
    </message>
    <message>
        <source>The engine %1 cannot be started: %2.</source>
        <translation>Der Rechenkern %1 lässt sich nicht starten: %2.</translation>
    </message>
    <message>
        <source>Reinstall Papilio, or set PAPILIO_ENGINE to the engine&apos;s path.</source>
        <translation>Installieren Sie Papilio neu oder setzen Sie PAPILIO_ENGINE auf den Pfad des Rechenkerns.</translation>
    </message>
    <message>
        <source>The engine was ended.</source>
        <translation>Der Rechenkern wurde beendet.</translation>
    </message>
    <message>
        <source>ended unexpectedly (signal %1)</source>
        <translation>endete unerwartet (Signal %1)</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code %1)</source>
        <translation>endete unerwartet (Exit-Code %1)</translation>
    </message>
    <message>
        <source>The engine %1 %2 times in a row.</source>
        <translation>Der Rechenkern %1, %2-mal in Folge.</translation>
    </message>
    <message>
        <source>The project is whole. Details: %1</source>
        <translation>Das Projekt ist heil. Einzelheiten: %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>The engine %1 twice at this request (%2).</source>
        <translation>Der Rechenkern %1, zum zweiten Mal bei dieser Anfrage (%2).</translation>
    </message>
    <message>
        <source>The project is whole; try another input.</source>
        <translation>Das Projekt ist heil; versuchen Sie eine andere Eingabe.</translation>
    </message>
    <message>
        <source>The engine %1.</source>
        <translation>Der Rechenkern %1.</translation>
    </message>
    <message>
        <source>The project is whole; start the job again and it goes on.</source>
        <translation>Das Projekt ist heil; starten Sie den Auftrag neu, und er geht weiter.</translation>
    </message>
    <message>
        <source>The engine %1. The project is whole; a new engine starts with the next request.</source>
        <translation>Der Rechenkern %1. Das Projekt ist heil; mit der nächsten Anfrage startet ein neuer.</translation>
    </message>
</context>
<context>
    <name>papilio::app::FactsPanel</name>
    <message>
        <source>Known labels</source>
        <translation>Bekannte Labels</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Nothing known</source>
        <translation>Nichts bekannt</translation>
    </message>
    <message>
        <source>No dataset of the project has a label of this molecule.</source>
        <translation>Kein Datensatz des Projekts hat ein Label für dieses Molekül.</translation>
    </message>
    <message>
        <source>Predictions where nothing was measured</source>
        <translation>Vorhersagen, wo nichts gemessen ist</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>No prediction</source>
        <translation>Keine Vorhersage</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>A run of a project, or a published model that you add, predicts here.</source>
        <translation>Hier sagt ein Lauf eines Projekts vorher, oder ein veröffentlichtes Modell, das Sie hinzufügen.</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
</context>
<context>
    <name>papilio::app::FingerprintDialog</name>
    <message>
        <source>Fingerprints by %1</source>
        <translation>Fingerabdrücke von %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>File of molecules</source>
        <translation>Datei mit Molekülen</translation>
    </message>
    <message>
        <source>a table with a SMILES column, or an SD file</source>
        <translation>eine Tabelle mit einer SMILES-Spalte oder eine SD-Datei</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Choose the file of molecules</source>
        <translation>Datei mit Molekülen wählen</translation>
    </message>
    <message>
        <source>Layer that the fingerprint is taken from</source>
        <translation>Schicht, aus der der Fingerabdruck stammt</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>How atoms are joined</source>
        <translation>Wie Atome zusammengefasst werden</translation>
    </message>
    <message>
        <source>maximum over the atoms</source>
        <translation>Maximum über die Atome</translation>
    </message>
    <message>
        <source>mean over the atoms</source>
        <translation>Mittel über die Atome</translation>
    </message>
    <message>
        <source>sum over the atoms</source>
        <translation>Summe über die Atome</translation>
    </message>
    <message>
        <source>one row an atom</source>
        <translation>eine Zeile je Atom</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Format of the file</source>
        <translation>Format der Datei</translation>
    </message>
    <message>
        <source>CSV, with ids</source>
        <translation>CSV, mit Kennungen</translation>
    </message>
    <message>
        <source>NumPy array (.npy)</source>
        <translation>NumPy-Feld (.npy)</translation>
    </message>
    <message>
        <source>Parquet, with ids</source>
        <translation>Parquet, mit Kennungen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File that is written</source>
        <translation>Datei, die geschrieben wird</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Schreiben nach</translation>
    </message>
    <message>
        <source>Choose the file that is written</source>
        <translation>Zieldatei wählen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>%1 numbers</source>
        <translation>%1 Zahlen</translation>
    </message>
    <message>
        <source>This layer has one row a molecule already.</source>
        <translation>Diese Schicht hat schon eine Zeile je Molekül.</translation>
    </message>
    <message>
        <source>Write fingerprints to</source>
        <translation>Fingerabdrücke schreiben nach</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Fingerprints written</source>
        <translation>Fingerabdrücke geschrieben</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>%1 verworfen</translation>
    </message>
    <message>
        <source>%1 numbers each</source>
        <translation>je %1 Zahlen</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>papilio::app::HeaderBar</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Menü (F10)</translation>
    </message>
    <message>
        <source>Running job</source>
        <translation>Laufender Auftrag</translation>
    </message>
    <message>
        <source>Search: find a molecule</source>
        <translation>Suche: ein Molekül finden</translation>
    </message>
    <message>
        <source>Find a molecule: name, id, structure, key   (Ctrl+K)</source>
        <translation>Molekül finden: Name, Struktur, Schlüssel   (Strg+K)</translation>
    </message>
</context>
<context>
    <name>papilio::app::ImportDialog</name>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Import %1 files</source>
        <translation>%1 Dateien importieren</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>guessed from the names and the first rows; check the labels, double-click what is wrong</source>
        <translation>geraten aus den Namen und den ersten Zeilen; Labels ankreuzen, Falsches doppelt anklicken</translation>
    </message>
    <message>
        <source>File in the preview</source>
        <translation>Datei in der Vorschau</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Name of the dataset</source>
        <translation>Name des Datensatzes</translation>
    </message>
    <message>
        <source>one a file</source>
        <translation>einer je Datei</translation>
    </message>
    <message>
        <source>into</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Project to import into</source>
        <translation>Zielprojekt des Imports</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Vereint</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>Repariert</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Rows in the preview</source>
        <translation>Zeilen in der Vorschau</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>Erste Zeilen der Datei</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>line ends %1</source>
        <translation>Zeilenenden %1</translation>
    </message>
    <message>
        <source>byte order mark</source>
        <translation>Byte-Reihenfolge-Marke</translation>
    </message>
    <message>
        <source>Import molecules without labels</source>
        <translation>Moleküle ohne Labels importieren</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>%1 of %2 rows cannot be used</source>
        <translation>%1 von %2 Zeilen sind nicht verwendbar</translation>
    </message>
    <message>
        <source>They are kept in the project with their reasons; nothing is lost.</source>
        <translation>Sie bleiben mit Begründung im Projekt; nichts geht verloren.</translation>
    </message>
    <message>
        <source>No row can be used</source>
        <translation>Keine Zeile ist verwendbar</translation>
    </message>
    <message>
        <source>None of the first %1 rows can be used</source>
        <translation>Keine der ersten %1 Zeilen ist verwendbar</translation>
    </message>
    <message>
        <source>Choose another structure column.</source>
        <translation>Wählen Sie eine andere Strukturspalte.</translation>
    </message>
    <message>
        <source>Change the name above.</source>
        <translation>Ändern Sie oben den Namen.</translation>
    </message>
    <message>
        <source>Import that file alone, under another name.</source>
        <translation>Importieren Sie diese Datei einzeln, unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>all %1 of the file</source>
        <translation>alle %1 der Datei</translation>
    </message>
    <message>
        <source>the first %1 of the file</source>
        <translation>die ersten %1 der Datei</translation>
    </message>
    <message>
        <source>Used %1</source>
        <translation>Verwendet %1</translation>
    </message>
    <message>
        <source>Merged %1</source>
        <translation>Vereint %1</translation>
    </message>
    <message>
        <source>Repaired %1</source>
        <translation>Repariert %1</translation>
    </message>
    <message>
        <source>Rejected %1</source>
        <translation>Verworfen %1</translation>
    </message>
    <message>
        <source>used</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>vereint</translation>
    </message>
    <message>
        <source>same molecule as an earlier row</source>
        <translation>gleiches Molekül wie eine frühere Zeile</translation>
    </message>
    <message>
        <source>repaired</source>
        <translation>repariert</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import läuft</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>What was read so far is kept; importing again goes on from there.</source>
        <translation>Das bisher Gelesene bleibt; ein neuer Import macht dort weiter.</translation>
    </message>
    <message>
        <source>Column %1 holds numbers with a decimal comma</source>
        <translation>Spalte %1 enthält Zahlen mit Dezimalkomma</translation>
    </message>
    <message>
        <source>They are not read unless you say so.</source>
        <translation>Sie werden nur gelesen, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>Read decimal commas</source>
        <translation>Dezimalkommas lesen</translation>
    </message>
    <message>
        <source>%1 tells %2 kinds of values apart in %3</source>
        <translation>%1 unterscheidet %2 Arten von Werten in %3</translation>
    </message>
    <message>
        <source>They become one task unless you choose the rows of one kind.</source>
        <translation>Sie werden eine Aufgabe, wenn Sie nicht die Zeilen einer Art auswählen.</translation>
    </message>
    <message>
        <source>No value of %1 is said yet</source>
        <translation>Noch ist kein Wert von %1 genannt</translation>
    </message>
    <message>
        <source>Type it as it stands in the file, choose another one, or remove the condition.</source>
        <translation>Geben Sie ihn ein, wie er in der Datei steht, wählen Sie einen anderen oder entfernen Sie die Bedingung.</translation>
    </message>
    <message>
        <source>None of the first %1 rows is one that was asked for</source>
        <translation>Keine der ersten %1 Zeilen gehört zu den gewünschten</translation>
    </message>
    <message>
        <source>The import looks at all rows of the file. Other rows told what the columns are.</source>
        <translation>Der Import durchsucht alle Zeilen der Datei. Was die Spalten sind, wurde an anderen Zeilen abgelesen.</translation>
    </message>
    <message>
        <source>Choose rows</source>
        <translation>Zeilen auswählen</translation>
    </message>
    <message>
        <source>%1 left out as asked</source>
        <translation>%1 wie gewünscht ausgelassen</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>as asked</source>
        <translation>wie gewünscht</translation>
    </message>
</context>
<context>
    <name>papilio::app::JobController</name>
    <message>
        <source>Preparing the training on %1</source>
        <translation>Training auf %1 wird vorbereitet</translation>
    </message>
    <message>
        <source>Run %1 · epoch %2 of %3</source>
        <translation>Lauf %1 · Epoche %2 von %3</translation>
    </message>
    <message>
        <source>Preparing the training</source>
        <translation>Training wird vorbereitet</translation>
    </message>
    <message>
        <source>Pausing: writing the checkpoint</source>
        <translation>Pause: Zwischenstand wird geschrieben</translation>
    </message>
    <message>
        <source>Stopping: keeping the best checkpoint</source>
        <translation>Stopp: Bester Zwischenstand bleibt</translation>
    </message>
    <message>
        <source>Run %1 · %2</source>
        <translation>Lauf %1 · %2</translation>
    </message>
    <message>
        <source>epoch %1 of %2 · %3</source>
        <translation>Epoche %1 von %2 · %3</translation>
    </message>
</context>
<context>
    <name>papilio::app::LookupPage</name>
    <message>
        <source>Which molecule?</source>
        <translation>Welches Molekül?</translation>
    </message>
    <message>
        <source>Try aspirin</source>
        <translation>Mit Aspirin probieren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>run %1, epoch %2</source>
        <translation>Lauf %1, Epoche %2</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keines</translation>
    </message>
    <message>
        <source>looking up …</source>
        <translation>wird abgefragt …</translation>
    </message>
    <message>
        <source>✓ SMILES</source>
        <translation>✓ SMILES</translation>
    </message>
    <message>
        <source>✓ SMILES, in this project</source>
        <translation>✓ SMILES, in diesem Projekt</translation>
    </message>
    <message>
        <source>✓ SMILES, not in this project</source>
        <translation>✓ SMILES, nicht in diesem Projekt</translation>
    </message>
    <message>
        <source>Selected  %1</source>
        <translation>Gewählt  %1</translation>
    </message>
    <message>
        <source>Model that predicts</source>
        <translation>Modell, das vorhersagt</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 Aufgaben</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Type a name or an id, or paste a SMILES, InChI, InChIKey or SMARTS above. Drawing, known labels, the predictions of a run and what each atom adds to them stand here; a molecule need not be in the project.</source>
        <translation>Oben einen Namen oder eine Kennung eingeben oder SMILES, InChI, InChIKey oder SMARTS einfügen. Zeichnung, bekannte Werte, die Vorhersagen eines Laufs und was jedes Atom dazu beiträgt, stehen hier; ein Molekül muss nicht im Projekt sein.</translation>
    </message>
    <message>
        <source>No molecule contains it</source>
        <translation>Kein Molekül enthält es</translation>
    </message>
    <message>
        <source>Nothing of that name; as a structure: %1</source>
        <translation>Nichts mit diesem Namen; als Struktur: %1</translation>
    </message>
    <message>
        <source>Molecule to look up</source>
        <translation>Molekül zum Nachschlagen</translation>
    </message>
    <message>
        <source>Name, id, SMILES, InChI, InChIKey or SMARTS</source>
        <translation>Name, Kennung, SMILES, InChI, InChIKey oder SMARTS</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Substructure</source>
        <translation>Teilstruktur</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>What is searched</source>
        <translation>Was gesucht wird</translation>
    </message>
    <message>
        <source>Least similarity</source>
        <translation>Mindestähnlichkeit</translation>
    </message>
    <message>
        <source>Similar molecules have a Tanimoto similarity of at least this (Morgan fingerprints, radius 2)</source>
        <translation>Ähnliche Moleküle haben mindestens diese Tanimoto-Ähnlichkeit (Morgan-Fingerabdrücke, Radius 2)</translation>
    </message>
    <message>
        <source>min.</source>
        <translation>min.</translation>
    </message>
    <message>
        <source>looking for the substructure …</source>
        <translation>sucht die Teilstruktur …</translation>
    </message>
    <message>
        <source>Open a project to search it</source>
        <translation>Zum Suchen ein Projekt öffnen</translation>
    </message>
    <message>
        <source>one of %1 found</source>
        <translation>eines von %1 gefundenen</translation>
    </message>
</context>
<context>
    <name>papilio::app::MainMenu</name>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Import table…</source>
        <translation>Tabelle importieren…</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>About Papilio</source>
        <translation>Über Papilio</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Add data set…</source>
        <translation>Datensatz hinzufügen…</translation>
    </message>
</context>
<context>
    <name>papilio::app::MainWindow</name>
    <message>
        <source>Open a project first</source>
        <translation>Zuerst ein Projekt öffnen</translation>
    </message>
    <message>
        <source>dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>datasets</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>F1 lists the keys</source>
        <translation>F1 zeigt die Tasten</translation>
    </message>
    <message>
        <source>No project open</source>
        <translation>Kein Projekt geöffnet</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>%1 labels, %2 of %3 cells</source>
        <translation>%1 Labels, %2 von %3 Zellen</translation>
    </message>
    <message>
        <source>%1 cannot be opened.</source>
        <translation>%1 kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>Wo ist %1 jetzt?</translation>
    </message>
    <message>
        <source>Tables to import</source>
        <translation>Tabellen zum Importieren</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 verwendet</translation>
    </message>
    <message>
        <source>%1 merged</source>
        <translation>%1 vereint</translation>
    </message>
    <message>
        <source>%1 repaired</source>
        <translation>%1 repariert</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>%1 verworfen</translation>
    </message>
    <message>
        <source>%1 with a label that contradicts an earlier one</source>
        <translation>%1 mit einem Label, das einem früheren widerspricht</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>Zeilen zeigen</translation>
    </message>
    <message>
        <source>%1 left out as asked</source>
        <translation>%1 wie gewünscht ausgelassen</translation>
    </message>
    <message>
        <source>%1 imported: %2</source>
        <translation>%1 importiert: %2</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>papilio::app::ModelCardView</name>
    <message>
        <source>Tasks by head</source>
        <translation>Aufgaben nach Kopf</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Hide its text</source>
        <translation>Text verbergen</translation>
    </message>
    <message>
        <source>Show its text</source>
        <translation>Text zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the citation</source>
        <translation>Zitat kopieren</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>Trained on %1</source>
        <translation>Trainiert auf %1</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>against %1 reference molecules</source>
        <translation>gegen %1 Vergleichsmoleküle</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>known</source>
        <translation>bekannt</translation>
    </message>
    <message>
        <source>%1 not known</source>
        <translation>%1 nicht bekannt</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>standard scores</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>wie trainiert</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>papilio::app::ModelList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>papilio::app::ModelListModel</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>being read …</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>none added yet</source>
        <translation>noch keins hinzugefügt</translation>
    </message>
    <message>
        <source>Runs of %1</source>
        <translation>Läufe von %1</translation>
    </message>
    <message>
        <source>Run %1, epoch %2</source>
        <translation>Lauf %1, Epoche %2</translation>
    </message>
    <message>
        <source>none trained yet</source>
        <translation>noch keiner trainiert</translation>
    </message>
    <message>
        <source>damaged; its card says why</source>
        <translation>beschädigt; die Karte sagt, warum</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
</context>
<context>
    <name>papilio::app::ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Models stand here that predict in Look up and give fingerprints: runs of the open project, and published ones that you add. Add a package (.whl), a folder with weights and configuration, or a file of weights (.safetensors, .pth, .ckpt).</source>
        <translation>Hier stehen Modelle, die in der Abfrage vorhersagen und Fingerabdrücke liefern: Läufe des offenen Projekts und veröffentlichte, die Sie hinzufügen. Fügen Sie ein Paket (.whl), einen Ordner mit Gewichten und Konfiguration oder eine Datei mit Gewichten (.safetensors, .pth, .ckpt) hinzu.</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Datei hinzufügen…</translation>
    </message>
    <message>
        <source>Which model?</source>
        <translation>Welches Modell?</translation>
    </message>
    <message>
        <source>Choose one at the left to see what it is.</source>
        <translation>Wählen Sie links eines, um zu sehen, was es ist.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Package or file of weights…</source>
        <translation>Paket oder Datei mit Gewichten…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Fingerprints…</source>
        <translation>Fingerabdrücke…</translation>
    </message>
    <message>
        <source>Use in Look up</source>
        <translation>In der Abfrage verwenden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The library cannot be read.</source>
        <translation>Die Bibliothek lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>A run is part of its project and stays there.</source>
        <translation>Ein Lauf gehört zu seinem Projekt und bleibt dort.</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder with weights and configuration</source>
        <translation>Ordner mit Gewichten und Konfiguration hinzufügen</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the library?</source>
        <translation>%1 aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Its file in the library is deleted. What it was added from stays where it is.</source>
        <translation>Die Datei in der Bibliothek wird gelöscht. Die Quelle, aus der es hinzugefügt wurde, bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>papilio::app::MoleculeCard</name>
    <message>
        <source>Drawing of the molecule</source>
        <translation>Strukturformel des Moleküls</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message>
        <source>Conformer in three dimensions</source>
        <translation>Konformer in drei Dimensionen</translation>
    </message>
    <message>
        <source>%1 g/mol</source>
        <translation>%1 g/mol</translation>
    </message>
    <message>
        <source>heavy atom</source>
        <translation>Schweratom</translation>
    </message>
    <message>
        <source>heavy atoms</source>
        <translation>Schweratome</translation>
    </message>
    <message>
        <source>logP %1</source>
        <translation>logP %1</translation>
    </message>
    <message>
        <source>TPSA %1 Å²</source>
        <translation>TPSA %1 Å²</translation>
    </message>
    <message>
        <source>in %1 of run %2</source>
        <translation>Teil „%1“ von Lauf %2</translation>
    </message>
    <message>
        <source>normalised value</source>
        <translation>normierter Wert</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>Output %1 (%2)</source>
        <translation>Ausgabe %1 (%2)</translation>
    </message>
    <message>
        <source>sum check: parts are %1 off the whole</source>
        <translation>Summenprobe: Beiträge weichen um %1 vom Ganzen ab</translation>
    </message>
    <message>
        <source>parts show association within the model, not cause</source>
        <translation>Beiträge zeigen Zusammenhänge im Modell, keine Ursachen</translation>
    </message>
    <message>
        <source>lowers the value</source>
        <translation>senkt den Wert</translation>
    </message>
    <message>
        <source>lowers the logit</source>
        <translation>senkt das Logit</translation>
    </message>
    <message>
        <source>raises the value</source>
        <translation>erhöht den Wert</translation>
    </message>
    <message>
        <source>raises the logit</source>
        <translation>erhöht das Logit</translation>
    </message>
    <message>
        <source>coordinates of %1 · same scale</source>
        <translation>Koordinaten aus %1 · gleicher Maßstab</translation>
    </message>
    <message>
        <source>one conformer, MMFF94 · same scale</source>
        <translation>ein Konformer, MMFF94 · gleiche Skala</translation>
    </message>
    <message>
        <source>one conformer, not relaxed · same scale</source>
        <translation>ein Konformer, nicht relaxiert · gleiche Skala</translation>
    </message>
    <message>
        <source>Embedding a conformer …</source>
        <translation>Konformer wird erzeugt …</translation>
    </message>
    <message>
        <source>Train or add a model to see what the atoms add to a prediction.</source>
        <translation>Trainieren Sie ein Modell oder fügen Sie eines hinzu, um zu sehen, was die Atome zu einer Vorhersage beitragen.</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativ</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positiv</translation>
    </message>
    <message>
        <source>Predicted: %1</source>
        <translation>Vorhergesagt: %1</translation>
    </message>
</context>
<context>
    <name>papilio::app::MoleculeDelegate</name>
    <message>
        <source>no drawing</source>
        <translation>keine Formel</translation>
    </message>
</context>
<context>
    <name>papilio::app::MoleculeList</name>
    <message>
        <source>Look up</source>
        <translation>Abfragen</translation>
    </message>
    <message>
        <source>Copy SMILES</source>
        <translation>SMILES kopieren</translation>
    </message>
</context>
<context>
    <name>papilio::app::OverlayBar</name>
    <message>
        <source>explain</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>atom values</source>
        <translation>Atomwerte</translation>
    </message>
    <message>
        <source>What is painted over the molecule</source>
        <translation>Was über dem Molekül gezeigt wird</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erkläre</translation>
    </message>
    <message>
        <source>Task to explain</source>
        <translation>Zu erklärende Aufgabe</translation>
    </message>
    <message>
        <source>Class to explain</source>
        <translation>Zu erklärende Klasse</translation>
    </message>
    <message>
        <source>Method of explanation</source>
        <translation>Methode der Erklärung</translation>
    </message>
    <message>
        <source>gradient × input</source>
        <translation>Gradient × Eingabe</translation>
    </message>
    <message>
        <source>integrated gradients</source>
        <translation>Integrierte Gradienten</translation>
    </message>
    <message>
        <source>atoms</source>
        <translation>Atome</translation>
    </message>
    <message>
        <source>bonds</source>
        <translation>Bindungen</translation>
    </message>
    <message>
        <source>Scores that are shown</source>
        <translation>Gezeigte Beiträge</translation>
    </message>
    <message>
        <source>by</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>Values that are painted</source>
        <translation>Werte, die gezeigt werden</translation>
    </message>
    <message>
        <source>choose a task at the right</source>
        <translation>rechts eine Aufgabe wählen</translation>
    </message>
    <message>
        <source>This network does not look at bonds.</source>
        <translation>Dieses Netz berücksichtigt keine Bindungen.</translation>
    </message>
</context>
<context>
    <name>papilio::app::PredictionModel</name>
    <message>
        <source>Of the model&apos;s reference molecules, this share has a lower prediction for this task.</source>
        <translation>Dieser Anteil der Vergleichsmoleküle des Modells hat für diese Aufgabe eine niedrigere Vorhersage.</translation>
    </message>
    <message>
        <source>%1
The number is the expected class, −1 to +1.</source>
        <translation>%1
Die Zahl ist die erwartete Klasse, −1 bis +1.</translation>
    </message>
    <message>
        <source>%1
Its place in the model&apos;s output is known, its name is not.</source>
        <translation>%1
Der Platz in der Ausgabe des Modells ist bekannt, der Name nicht.</translation>
    </message>
    <message>
        <source>Against the model&apos;s reference molecules: the share with a lower prediction</source>
        <translation>Gegen die Vergleichsmoleküle des Modells: Anteil mit niedrigerer Vorhersage</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Of the model&apos;s reference molecules, this share has a lower probability of &quot;%1&quot;.</source>
        <translation>Dieser Anteil der Vergleichsmoleküle des Modells hat eine niedrigere Wahrscheinlichkeit für „%1“.</translation>
    </message>
</context>
<context>
    <name>papilio::app::PredictionPanel</name>
    <message>
        <source>No task fits</source>
        <translation>Keine Aufgabe passt</translation>
    </message>
    <message>
        <source>No task of the model has these words in its name or head.</source>
        <translation>Keine Aufgabe des Modells hat diese Wörter in Name oder Kopf.</translation>
    </message>
    <message>
        <source>Show all tasks</source>
        <translation>Alle Aufgaben zeigen</translation>
    </message>
    <message>
        <source>Search the tasks</source>
        <translation>Aufgaben durchsuchen</translation>
    </message>
    <message>
        <source>Search tasks  (Ctrl+F)</source>
        <translation>Aufgaben suchen  (Strg+F)</translation>
    </message>
    <message>
        <source>Head whose tasks are shown</source>
        <translation>Kopf, dessen Aufgaben gezeigt werden</translation>
    </message>
    <message>
        <source>Copy and export</source>
        <translation>Kopieren und exportieren</translation>
    </message>
    <message>
        <source>Copy as TSV</source>
        <translation>Als TSV kopieren</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV exportieren…</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>alle Köpfe</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>%1 of %2 tasks</source>
        <translation>%1 von %2 Aufgaben</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Export the predictions that are shown</source>
        <translation>Gezeigte Vorhersagen exportieren</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>written to %1</source>
        <translation>geschrieben: %1</translation>
    </message>
    <message>
        <source>not written: %1</source>
        <translation>nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>papilio::app::PresetChooser</name>
    <message>
        <source>Own data</source>
        <translation>Eigene Daten</translation>
    </message>
    <message>
        <source>Data that the architectures were published for</source>
        <translation>Daten, für die die Architekturen veröffentlicht wurden</translation>
    </message>
    <message>
        <source>Search the architectures</source>
        <translation>Architekturen durchsuchen</translation>
    </message>
    <message>
        <source>Search all</source>
        <translation>Alle durchsuchen</translation>
    </message>
    <message>
        <source>No architecture has these words.</source>
        <translation>Keine Architektur hat diese Wörter.</translation>
    </message>
    <message>
        <source>%1, as published</source>
        <translation>%1, wie veröffentlicht</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>small</source>
        <translation>klein</translation>
    </message>
</context>
<context>
    <name>papilio::app::PreviewDelegate</name>
    <message>
        <source>no structure</source>
        <translation>keine Struktur</translation>
    </message>
</context>
<context>
    <name>papilio::app::PreviewModel</name>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>papilio::app::Rail</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Datasets, tasks and molecules (Ctrl+1)</source>
        <translation>Datensätze, Aufgaben und Moleküle (Strg+1)</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Recipe, curves and runs (Ctrl+2)</source>
        <translation>Rezept, Kurven und Läufe (Strg+2)</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>One molecule: labels, predictions, explanation (Ctrl+3)</source>
        <translation>Ein Molekül: Labels, Vorhersagen, Erklärung (Strg+3)</translation>
    </message>
</context>
<context>
    <name>papilio::app::RecentList</name>
    <message>
        <source>Projects that you open will be listed here.</source>
        <translation>Projekte, die Sie öffnen, stehen dann hier.</translation>
    </message>
</context>
<context>
    <name>papilio::app::RecentRow</name>
    <message>
        <source>%1, not found</source>
        <translation>%1, nicht gefunden</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>%1 · not found</source>
        <translation>%1 · nicht gefunden</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>Aus dieser Liste entfernen</translation>
    </message>
</context>
<context>
    <name>papilio::app::RecipePanel</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Hosts…</source>
        <translation>Rechner…</translation>
    </message>
    <message>
        <source>Computer that trains the run</source>
        <translation>Rechner, der den Lauf trainiert</translation>
    </message>
    <message>
        <source>Another computer gets a copy of what the run needs through ssh; the run comes back into this project</source>
        <translation>Ein anderer Rechner bekommt über ssh eine Kopie dessen, was der Lauf braucht; der Lauf kommt in dieses Projekt zurück</translation>
    </message>
    <message>
        <source>Train on</source>
        <translation>Trainieren auf</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>%1 of %2 tasks</source>
        <translation>%1 von %2 Aufgaben</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>No task is checked. Choose at least one.</source>
        <translation>Keine Aufgabe gewählt. Wählen Sie mindestens eine.</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Run %1 is training; pause or stop it first.</source>
        <translation>Lauf %1 trainiert gerade; halten Sie ihn zuerst an oder stoppen Sie ihn.</translation>
    </message>
    <message>
        <source>Something in the recipe is missing or wrong.</source>
        <translation>Im Rezept fehlt etwas oder ist etwas falsch.</translation>
    </message>
    <message>
        <source>Recipe of the next run</source>
        <translation>Rezept des nächsten Laufs</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the tasks to train on</source>
        <translation>Aufgaben fürs Training wählen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilung</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Seed of the random numbers</source>
        <translation>Startwert der Zufallszahlen (Seed)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Further settings, one key = value a line</source>
        <translation>Weitere Einstellungen, je Zeile ein Schlüssel = Wert</translation>
    </message>
    <message>
        <source>one a line, for example
learning_rate = 0.001
batch_size = 200
architecture.gnn.depth = 6</source>
        <translation>eine je Zeile, zum Beispiel
learning_rate = 0.001
batch_size = 200
architecture.gnn.depth = 6</translation>
    </message>
    <message>
        <source>More ways to start</source>
        <translation>Weitere Arten zu starten</translation>
    </message>
    <message>
        <source>Copy as command line</source>
        <translation>Als Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 geändert</translation>
    </message>
    <message>
        <source>as the card</source>
        <translation>wie die Karte</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Graph layer in place of the card&apos;s</source>
        <translation>Graphschicht anstelle jener der Karte</translation>
    </message>
    <message>
        <source>Parameters that the network is fitted to</source>
        <translation>Parameterzahl, an die das Netz angepasst wird</translation>
    </message>
    <message>
        <source>Widths are scaled until the network has this many parameters, within 1 %; empty = as it is</source>
        <translation>Breiten werden skaliert, bis das Netz so viele Parameter hat, auf 1 % genau; leer = wie es ist</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Fit to</source>
        <translation>Anpassen an</translation>
    </message>
    <message>
        <source>All…</source>
        <translation>Alle…</translation>
    </message>
    <message>
        <source>All settings of the next run</source>
        <translation>Alle Einstellungen des nächsten Laufs</translation>
    </message>
    <message>
        <source>%1 settings</source>
        <translation>%1 Einstellungen</translation>
    </message>
    <message>
        <source>any number of parameters</source>
        <translation>beliebig viele Parameter</translation>
    </message>
</context>
<context>
    <name>papilio::app::RowsModel</name>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Structure as written</source>
        <translation>Struktur im Original</translation>
    </message>
    <message>
        <source>Status and reason</source>
        <translation>Status und Grund</translation>
    </message>
</context>
<context>
    <name>papilio::app::RowsView</name>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Vereint</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>Repariert</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Status of the rows</source>
        <translation>Status der Zeilen</translation>
    </message>
    <message>
        <source>Input rows</source>
        <translation>Eingabezeilen</translation>
    </message>
    <message>
        <source>Copy as TSV</source>
        <translation>Als TSV kopieren</translation>
    </message>
    <message>
        <source>No such rows</source>
        <translation>Keine solchen Zeilen</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>Alle Zeilen zeigen</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>Used %1</source>
        <translation>Verwendet %1</translation>
    </message>
    <message>
        <source>Merged %1</source>
        <translation>Vereint %1</translation>
    </message>
    <message>
        <source>Repaired %1</source>
        <translation>Repariert %1</translation>
    </message>
    <message>
        <source>Rejected %1</source>
        <translation>Verworfen %1</translation>
    </message>
    <message>
        <source>No row of this dataset has this status and reason.</source>
        <translation>Keine Zeile dieses Datensatzes hat diesen Status und Grund.</translation>
    </message>
    <message>
        <source>This is part of several reasons. Type more of the one you mean.</source>
        <translation>Das steht in mehreren Gründen. Bitte mehr von dem gemeinten eingeben.</translation>
    </message>
    <message>
        <source>Text in the reason</source>
        <translation>Text im Grund</translation>
    </message>
    <message>
        <source>Reason contains</source>
        <translation>Grund enthält</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Curate…</source>
        <translation>Bereinigen…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>A row from 0 to %1</source>
        <translation>Eine Zeile von 0 bis %1</translation>
    </message>
    <message>
        <source>Export rows with their status</source>
        <translation>Zeilen mit Status exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Rows written</source>
        <translation>Zeilen geschrieben</translation>
    </message>
</context>
<context>
    <name>papilio::app::RunBar</name>
    <message>
        <source>Do not follow</source>
        <translation>Nicht verfolgen</translation>
    </message>
    <message>
        <source>The run goes on there; it can be followed again at any time</source>
        <translation>Der Lauf geht dort weiter; er kann jederzeit wieder verfolgt werden</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>best %1, not here yet</source>
        <translation>beste %1, noch nicht hier</translation>
    </message>
    <message>
        <source>Run that is shown</source>
        <translation>Gezeigter Lauf</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop, keep best</source>
        <translation>Stoppen, Bestes behalten</translation>
    </message>
    <message>
        <source>Export model…</source>
        <translation>Modell exportieren…</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
    <message>
        <source>best %1, kept</source>
        <translation>beste %1, behalten</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>trained %1</source>
        <translation>Trainingszeit %1</translation>
    </message>
    <message>
        <source>pausing …</source>
        <translation>wird angehalten …</translation>
    </message>
    <message>
        <source>stopping …</source>
        <translation>wird gestoppt …</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>best so far %1, kept</source>
        <translation>bisher beste %1, behalten</translation>
    </message>
</context>
<context>
    <name>papilio::app::TaskChooser</name>
    <message>
        <source>Tasks of the next run</source>
        <translation>Aufgaben des nächsten Laufs</translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation>Aufgaben filtern</translation>
    </message>
    <message>
        <source>Tasks; checked ones are trained on</source>
        <translation>Aufgaben; angehakte werden trainiert</translation>
    </message>
</context>
<context>
    <name>papilio::app::TaskInspector</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>No task selected</source>
        <translation>Keine Aufgabe gewählt</translation>
    </message>
    <message>
        <source>Kind, figures, distribution and source of the task that is selected in the tree or the matrix stand here.</source>
        <translation>Hier stehen Art, Kenngrößen, Verteilung und Quelle der Aufgabe, die im Baum oder in der Matrix gewählt ist.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>inactive</source>
        <translation>inaktiv</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlend</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>atoms</source>
        <translation>Atome</translation>
    </message>
    <message>
        <source>directed bonds</source>
        <translation>gerichtete Bindungen</translation>
    </message>
    <message>
        <source>Mean ± SD</source>
        <translation>Mittel ± SD</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>none known</source>
        <translation>keine bekannt</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>%1 used, %2 merged, %3 repaired, %4 rejected</source>
        <translation>%1 verwendet, %2 vereint, %3 repariert, %4 verworfen</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>not complete; import again to go on</source>
        <translation>unvollständig; zum Fortsetzen neu importieren</translation>
    </message>
    <message>
        <source>Correlation with other tasks</source>
        <translation>Korrelationen</translation>
    </message>
    <message>
        <source>5 · 50 · 95 %</source>
        <translation>5 · 50 · 95 %</translation>
    </message>
    <message>
        <source>Beyond 3 IQR</source>
        <translation>Jenseits 3 IQR</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 values, below %2 or above %3</source>
        <translation>%1 Werte, unter %2 oder über %3</translation>
    </message>
    <message>
        <source>Scaffolds</source>
        <translation>Gerüste</translation>
    </message>
    <message>
        <source>not all compared, see Overlap</source>
        <translation>nicht alle verglichen, siehe Überschneidung</translation>
    </message>
    <message>
        <source>r and n</source>
        <translation>r und n</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>%1, as asked</source>
        <translation>%1, wie gewünscht</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>%1, and %2</source>
        <translation>%1, und %2</translation>
    </message>
    <message>
        <source>molecule without a ring</source>
        <translation>Molekül ohne Ring</translation>
    </message>
    <message>
        <source>molecules without a ring</source>
        <translation>Moleküle ohne Ring</translation>
    </message>
    <message>
        <source>%1, %2 of all %3</source>
        <translation>%1, %2 von allen %3</translation>
    </message>
    <message>
        <source>molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
</context>
<context>
    <name>papilio::app::TrainOption</name>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>One of these is needed: %1</source>
        <translation>Eines davon wird gebraucht: %1</translation>
    </message>
    <message>
        <source>true or false is needed</source>
        <translation>true oder false wird gebraucht</translation>
    </message>
    <message>
        <source>A whole number is needed</source>
        <translation>Eine ganze Zahl wird gebraucht</translation>
    </message>
    <message>
        <source>A number is needed</source>
        <translation>Eine Zahl wird gebraucht</translation>
    </message>
    <message>
        <source>Out of range: %1</source>
        <translation>Außerhalb des Bereichs: %1</translation>
    </message>
</context>
<context>
    <name>papilio::app::TrainPage</name>
    <message>
        <source>Run %1 is not followed any more.</source>
        <translation>Lauf %1 wird nicht mehr verfolgt.</translation>
    </message>
    <message>
        <source>What %1 trains comes here when it is followed again.</source>
        <translation>Was %1 trainiert, kommt hierher, sobald er wieder verfolgt wird.</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Verfolgen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Run %1 is trained on %2.</source>
        <translation>Lauf %1 wird auf %2 trainiert.</translation>
    </message>
    <message>
        <source>What came since epoch %1 is not here yet.</source>
        <translation>Was seit Epoche %1 dazukam, ist noch nicht hier.</translation>
    </message>
    <message>
        <source>Nothing to learn from yet</source>
        <translation>Noch nichts zu lernen</translation>
    </message>
    <message>
        <source>Import a table with labels first; then a model can be trained on its tasks here.</source>
        <translation>Importieren Sie zuerst eine Tabelle mit Labels; dann lässt sich hier ein Modell auf ihre Aufgaben trainieren.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>Run %1 is finished.</source>
        <translation>Lauf %1 ist fertig.</translation>
    </message>
    <message>
        <source>best epoch %1 of %2, kept</source>
        <translation>beste Epoche %1 von %2, behalten</translation>
    </message>
    <message>
        <source>Run %1 is paused after epoch %2.</source>
        <translation>Lauf %1 ist nach Epoche %2 angehalten.</translation>
    </message>
    <message>
        <source>Its state is in the project.</source>
        <translation>Sein Stand ist im Projekt gespeichert.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Run %1 is stopped after epoch %2.</source>
        <translation>Lauf %1 ist nach Epoche %2 gestoppt.</translation>
    </message>
    <message>
        <source>The best checkpoint, epoch %1, is kept.</source>
        <translation>Der beste Zwischenstand, Epoche %1, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The project is whole; run %1 can go on from its last checkpoint.</source>
        <translation>Das Projekt ist heil; Lauf %1 kann ab seinem letzten Zwischenstand weitergehen.</translation>
    </message>
    <message>
        <source>Stopped before the first step.</source>
        <translation>Vor dem ersten Schritt gestoppt.</translation>
    </message>
    <message>
        <source>Run %1 was cut off at epoch %2 of %3.</source>
        <translation>Lauf %1 wurde in Epoche %2 von %3 unterbrochen.</translation>
    </message>
    <message>
        <source>Its last checkpoint is complete; nothing before it was lost.</source>
        <translation>Sein letzter Zwischenstand ist vollständig; davor ging nichts verloren.</translation>
    </message>
    <message>
        <source>Go on from epoch %1</source>
        <translation>Ab Epoche %1 fortsetzen</translation>
    </message>
    <message>
        <source>Export the best checkpoint of run %1</source>
        <translation>Besten Zwischenstand von Lauf %1 exportieren</translation>
    </message>
    <message>
        <source>Papilio models (*.safetensors)</source>
        <translation>Papilio-Modelle (*.safetensors)</translation>
    </message>
    <message>
        <source>Model written</source>
        <translation>Modell geschrieben</translation>
    </message>
    <message>
        <source>Selected  run %1</source>
        <translation>Gewählt  Lauf %1</translation>
    </message>
</context>
<context>
    <name>papilio::app::TrainSession</name>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
</context>
<context>
    <name>papilio::app::WelcomePage</name>
    <message>
        <source>Train, explore and explain models of many sparse molecular tasks</source>
        <translation>Modelle für viele, dünn besetzte Molekülaufgaben trainieren, erkunden und erklären</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt verwendete Projekte</translation>
    </message>
    <message>
        <source>choose files…</source>
        <translation>Dateien wählen…</translation>
    </message>
    <message>
        <source>Start with the sample</source>
        <translation>Mit dem Beispiel beginnen</translation>
    </message>
    <message>
        <source>Molecules of the NCI tables that come with RDKit, with computed labels: properties, structural alerts and atomic charges, as several overlapping, sparse datasets. Making it takes about a minute; nothing is downloaded.</source>
        <translation>Moleküle der NCI-Tabellen, die RDKit mitbringt, mit berechneten Labels: Eigenschaften, strukturelle Warnmuster und Atomladungen, als mehrere überlappende, dünn besetzte Datensätze. Das Erstellen dauert etwa eine Minute; nichts wird heruntergeladen.</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>Or look a molecule up</source>
        <translation>Oder ein Molekül abfragen</translation>
    </message>
    <message>
        <source>SMILES to look up</source>
        <translation>Abzufragendes SMILES</translation>
    </message>
    <message>
        <source>Paste a SMILES</source>
        <translation>SMILES einfügen</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Abfragen</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Making the sample</source>
        <translation>Beispiel wird erstellt</translation>
    </message>
    <message>
        <source>Drop a table, a project or a model here, or press Enter to choose files</source>
        <translation>Tabelle, Projekt oder Modell hier ablegen, oder mit Enter Dateien wählen</translation>
    </message>
    <message>
        <source>Drop a table, a project or a model here</source>
        <translation>Tabelle, Projekt oder Modell hier ablegen</translation>
    </message>
    <message>
        <source>Data sets…</source>
        <translation>Datensätze…</translation>
    </message>
    <message>
        <source>ToyMix, MoleculeNet, TDC and others: from a folder, or downloaded</source>
        <translation>ToyMix, MoleculeNet, TDC und andere: aus einem Ordner oder heruntergeladen</translation>
    </message>
    <message>
        <source>CSV, TSV, SMILES, SDF or Parquet, also compressed</source>
        <translation>CSV, TSV, SMILES, SDF oder Parquet, auch gepackt</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>papilio::widgets</name>
    <message>
        <source>inactive</source>
        <translation>inaktiv</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>undefiniert</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::Chip</name>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::CoverageMatrix</name>
    <message>
        <source>No labels yet</source>
        <translation>Noch keine Labels</translation>
    </message>
    <message>
        <source>Import a table: which molecules have a label of which task is shown here.</source>
        <translation>Importieren Sie eine Tabelle: Hier wird gezeigt, welche Moleküle für welche Aufgabe ein Label haben.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Copy picture and values</source>
        <translation>Bild und Werte kopieren</translation>
    </message>
    <message>
        <source>Coverage matrix, %1 molecules, %2 tasks</source>
        <translation>Abdeckungsmatrix, %1 Moleküle, %2 Aufgaben</translation>
    </message>
    <message>
        <source>selected: %1, %2 molecules with a label</source>
        <translation>gewählt: %1, %2 Moleküle mit Label</translation>
    </message>
    <message>
        <source>no task selected</source>
        <translation>keine Aufgabe gewählt</translation>
    </message>
    <message>
        <source>1 px row = %1 molecules</source>
        <translation>1 Pixelzeile = %1 Moleküle</translation>
    </message>
    <message>
        <source>1 molecule = %1 px</source>
        <translation>1 Molekül = %1 px</translation>
    </message>
    <message>
        <source>%1; none left out</source>
        <translation>%1; keines fehlt</translation>
    </message>
    <message>
        <source>%1 of %2 tasks, %3 of %4 molecules in view</source>
        <translation>%1 von %2 Aufgaben, %3 von %4 Molekülen sichtbar</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>kein Label</translation>
    </message>
    <message>
        <source>share of a tile&apos;s molecules with a label</source>
        <translation>Moleküle mit Label je Kachel</translation>
    </message>
    <message>
        <source>%1 of %2 molecules labelled</source>
        <translation>%1 von %2 Molekülen mit Label</translation>
    </message>
    <message>
        <source>molecule %1</source>
        <translation>Molekül %1</translation>
    </message>
    <message>
        <source>molecules %1 to %2</source>
        <translation>Moleküle %1 bis %2</translation>
    </message>
    <message>
        <source>molecules
with label, %</source>
        <translation>Moleküle
mit Label, %</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 Aufgaben</translation>
    </message>
    <message>
        <source>tasks with
label, %</source>
        <translation>Aufgaben
mit Label, %</translation>
    </message>
    <message>
        <source>%1 task</source>
        <translation>%1 Aufgabe</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::CurvePlot</name>
    <message>
        <source>The curve appears here after the first epoch.</source>
        <translation>Die Kurve erscheint hier nach der ersten Epoche.</translation>
    </message>
    <message>
        <source>Curve of %1</source>
        <translation>Kurve von %1</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::CurveWallModel</name>
    <message>
        <source>flat</source>
        <translation>flach</translation>
    </message>
    <message>
        <source>overfits</source>
        <translation>überangepasst</translation>
    </message>
    <message>
        <source>diverging</source>
        <translation>divergierend</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>undefiniert</translation>
    </message>
    <message>
        <source>The last third of the epochs is not better than the first values.</source>
        <translation>Das letzte Drittel der Epochen ist nicht besser als die ersten Werte.</translation>
    </message>
    <message>
        <source>Train goes on getting better while validation has been getting worse since its best epoch.</source>
        <translation>Das Training wird weiter besser, während die Validierung seit ihrer besten Epoche schlechter wird.</translation>
    </message>
    <message>
        <source>Validation is worse than at the start and getting still worse.</source>
        <translation>Die Validierung ist schlechter als am Anfang und wird noch schlechter.</translation>
    </message>
    <message>
        <source>The metric has no value: a part with one class or a constant target only, or a loss that is not a number.</source>
        <translation>Die Metrik hat keinen Wert: Ein Teil enthält nur eine Klasse oder nur gleiche Zielwerte, oder der Verlust ist keine Zahl.</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letzte</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Δ10, %</source>
        <translation>Δ10, %</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Labels of the task</source>
        <translation>Labels der Aufgabe</translation>
    </message>
    <message>
        <source>Metric on the validation part</source>
        <translation>Metrik der Validierung</translation>
    </message>
    <message>
        <source>Validation over the epochs, train fainter, dot at the best</source>
        <translation>Validierung über die Epochen, Training blasser, Punkt beim besten Wert</translation>
    </message>
    <message>
        <source>Last epoch, validation</source>
        <translation>Letzte Epoche, Validierung</translation>
    </message>
    <message>
        <source>Best epoch, validation</source>
        <translation>Beste Epoche, Validierung</translation>
    </message>
    <message>
        <source>Change over the last 10 epochs</source>
        <translation>Änderung über die letzten 10 Epochen</translation>
    </message>
    <message>
        <source>How much worse validation is than train: percent for errors, difference for scores</source>
        <translation>Wie viel schlechter die Validierung als das Training ist: Prozent bei Fehlern, Differenz bei Scores</translation>
    </message>
    <message>
        <source>What is wrong with the curve</source>
        <translation>Was mit der Kurve nicht stimmt</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::CurveWallView</name>
    <message>
        <source>Curves of all tasks</source>
        <translation>Kurven aller Aufgaben</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::DropArea</name>
    <message>
        <source>Drop a table or a project here</source>
        <translation>Tabelle oder Projekt hierher ziehen</translation>
    </message>
    <message>
        <source>choose files…</source>
        <translation>Dateien wählen…</translation>
    </message>
    <message>
        <source>or </source>
        <translation>oder </translation>
    </message>
    <message>
        <source>%1 cannot be read here. %2</source>
        <translation>%1 ist hier nicht lesbar. %2</translation>
    </message>
    <message>
        <source>CSV, TSV, SMILES, SDF or Parquet, also compressed</source>
        <translation>CSV, TSV, SMILES, SDF oder Parquet, auch gepackt</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::HistogramView</name>
    <message>
        <source>Select a task to see how its labels are distributed.</source>
        <translation>Wählen Sie eine Aufgabe, um die Verteilung ihrer Labels zu sehen.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Distribution, empty</source>
        <translation>Verteilung, leer</translation>
    </message>
    <message>
        <source>Distribution of %1</source>
        <translation>Verteilung von %1</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>%1 of %2 beyond the axis</source>
        <translation>%1 von %2 außerhalb der Achse</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::JobPanel</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::Molecule3DView</name>
    <message>
        <source>The molecule in space stands here.</source>
        <translation>Hier steht das Molekül im Raum.</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message numerus="yes">
        <source>%n atoms</source>
        <translation>
            <numerusform>%n Atom</numerusform>
            <numerusform>%n Atome</numerusform>
        </translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Element labels</source>
        <translation>Elementsymbole</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>No 3D view here: it needs OpenGL 3.2.
Everything else works without it.</source>
        <translation>Hier keine 3D-Ansicht: Sie braucht OpenGL 3.2.
Alles andere geht auch ohne sie.</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::MoleculeCanvas</name>
    <message>
        <source>Molecule in space</source>
        <translation>Molekül im Raum</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::MoleculeView</name>
    <message>
        <source>The drawing of a molecule stands here.</source>
        <translation>Hier steht die Strukturformel eines Moleküls.</translation>
    </message>
    <message>
        <source>Drawing, empty</source>
        <translation>Strukturformel, leer</translation>
    </message>
    <message>
        <source>Drawing of %1</source>
        <translation>Strukturformel von %1</translation>
    </message>
    <message numerus="yes">
        <source>%n atoms</source>
        <translation>
            <numerusform>%n Atom</numerusform>
            <numerusform>%n Atome</numerusform>
        </translation>
    </message>
    <message>
        <source>atom %1, %2</source>
        <translation>Atom %1, %2</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as SVG</source>
        <translation>Als SVG kopieren</translation>
    </message>
    <message>
        <source>Copy as SMILES</source>
        <translation>Als SMILES kopieren</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::PresetCard</name>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::ProgressPanel</name>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::ScaleBar</name>
    <message>
        <source>lowers</source>
        <translation>senkt</translation>
    </message>
    <message>
        <source>raises</source>
        <translation>erhöht</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
    <message>
        <source>Scale: blue %1, orange %2</source>
        <translation>Skala: Blau %1, Orange %2</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::SmilesBar</name>
    <message>
        <source>SMILES with scores</source>
        <translation>SMILES mit Beiträgen</translation>
    </message>
    <message>
        <source>atom %1: %2</source>
        <translation>Atom %1: %2</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::SplitBar</name>
    <message>
        <source>Split into train, validation and test</source>
        <translation>Teilung in Training, Validierung und Test</translation>
    </message>
    <message>
        <source>train %1, validation %2, test %3</source>
        <translation>Training %1, Validierung %2, Test %3</translation>
    </message>
    <message>
        <source>train %1</source>
        <translation>Training %1</translation>
    </message>
    <message>
        <source>validation %1 · test %2</source>
        <translation>Validierung %1 · Test %2</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::TaskTreeModel</name>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>%1 molecules, mean coverage of its tasks %2</source>
        <translation>%1 Moleküle, mittlere Abdeckung der Aufgaben %2</translation>
    </message>
    <message>
        <source>%1 of %2 molecules have a label</source>
        <translation>%1 von %2 Molekülen haben ein Label</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Share of the dataset&apos;s molecules with a label</source>
        <translation>Anteil der Moleküle des Datensatzes mit Label</translation>
    </message>
    <message>
        <source>Molecules with a label</source>
        <translation>Moleküle mit Label</translation>
    </message>
    <message>
        <source>%1 task</source>
        <translation>%1 Aufgabe</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 Aufgaben</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::TaskTreeView</name>
    <message>
        <source>Datasets and tasks</source>
        <translation>Datensätze und Aufgaben</translation>
    </message>
</context>
<context>
    <name>recipe</name>
    <message>
        <source>Line %1 is not of the form key = value: %2</source>
        <translation>Zeile %1 hat nicht die Form Schlüssel = Wert: %2</translation>
    </message>
</context>
<context>
    <name>task</name>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>atoms</source>
        <translation>Atome</translation>
    </message>
    <message>
        <source>directed bonds</source>
        <translation>gerichtete Bindungen</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>down</source>
        <translation>runter</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>up</source>
        <translation>rauf</translation>
    </message>
    <message>
        <source>%1 row %2</source>
        <translation>%1 Zeile %2</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>regression</source>
        <translation>Regression</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>multiclass</source>
        <translation>mehrere Klassen</translation>
    </message>
    <message>
        <source>per molecule</source>
        <translation>je Molekül</translation>
    </message>
    <message>
        <source>per atom</source>
        <translation>je Atom</translation>
    </message>
    <message>
        <source>per bond</source>
        <translation>je Bindung</translation>
    </message>
    <message>
        <source>per atom pair</source>
        <translation>je Atompaar</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Standard score: the label minus its mean, divided by its standard deviation, both of the training labels. The model&apos;s file does not hold these two numbers, so the value cannot be turned into the label&apos;s unit; 0 is average, +1 one deviation above it.</source>
        <translation>Standardwert: das Label minus Mittelwert, geteilt durch die Standardabweichung, beide aus den Trainingsdaten. Die Datei des Modells enthält diese zwei Zahlen nicht, darum lässt sich der Wert nicht in die Einheit umrechnen; 0 ist der Durchschnitt, +1 eine Abweichung darüber.</translation>
    </message>
</context>
<context>
    <name>papilio::app::CurationDialog</name>
    <message>
        <source>Counting what changes</source>
        <translation>Änderungen werden gezählt</translation>
    </message>
    <message>
        <source>Applying</source>
        <translation>Wird angewendet</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>Angewendet.</translation>
    </message>
    <message>
        <source>%1 was curated</source>
        <translation>%1 wurde bereinigt</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>The dataset is as it was.</source>
        <translation>Der Datensatz ist, wie er war.</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Rows used</source>
        <translation>Verwendete Zeilen</translation>
    </message>
    <message>
        <source>Rows merged with an earlier one</source>
        <translation>Mit einer früheren vereinte Zeilen</translation>
    </message>
    <message>
        <source>Rows repaired</source>
        <translation>Reparierte Zeilen</translation>
    </message>
    <message>
        <source>Rows rejected</source>
        <translation>Verworfene Zeilen</translation>
    </message>
    <message>
        <source>Rows with salts or solvents stripped</source>
        <translation>Zeilen, aus denen Salze oder Lösungsmittel entfernt sind</translation>
    </message>
    <message>
        <source>Rows with charges neutralised</source>
        <translation>Zeilen mit neutralisierten Ladungen</translation>
    </message>
    <message>
        <source>Rows with another tautomer</source>
        <translation>Zeilen mit anderem Tautomer</translation>
    </message>
    <message>
        <source>Rows with stereochemistry dropped</source>
        <translation>Zeilen ohne ihre Stereochemie</translation>
    </message>
    <message>
        <source>Molecules with contradicting labels</source>
        <translation>Moleküle mit widersprüchlichen Labels</translation>
    </message>
    <message>
        <source>Contradictions, task by task</source>
        <translation>Widersprüche, je Aufgabe gezählt</translation>
    </message>
    <message>
        <source>Labels made of several rows</source>
        <translation>Labels aus mehreren Zeilen</translation>
    </message>
    <message>
        <source>Labels dropped</source>
        <translation>Weggelassene Labels</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>%1 in %2 molecules</source>
        <translation>%1 in %2 Molekülen</translation>
    </message>
    <message>
        <source>contradiction</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>the first %1 are listed</source>
        <translation>die ersten %1 sind aufgeführt</translation>
    </message>
    <message>
        <source>Contradictions %1</source>
        <translation>Widersprüche %1</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>Export contradicting labels</source>
        <translation>Widersprüchliche Labels exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Contradictions written</source>
        <translation>Widersprüche geschrieben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>This recipe is in use.</source>
        <translation>Dieses Rezept ist in Gebrauch.</translation>
    </message>
    <message>
        <source>Count what changes first.</source>
        <translation>Zuerst zählen, was sich ändert.</translation>
    </message>
    <message>
        <source>In use: the rows as imported.</source>
        <translation>In Gebrauch: die Zeilen wie importiert.</translation>
    </message>
    <message>
        <source>A recipe is in use.</source>
        <translation>Ein Rezept ist in Gebrauch.</translation>
    </message>
    <message>
        <source>The label of the earliest row counts; later rows fill in what it has none of.</source>
        <translation>Das Label der frühesten Zeile zählt; spätere Zeilen füllen auf, was ihr fehlt.</translation>
    </message>
    <message>
        <source>Every row stays a row with labels of its own. Where one value is needed, that of the earliest row counts.</source>
        <translation>Jede Zeile bleibt eine Zeile mit eigenen Labels. Wo ein Wert nötig ist, zählt der der frühesten.</translation>
    </message>
    <message>
        <source>Numbers: the mean of the rows. Classes: the most frequent one, none on a tie.</source>
        <translation>Zahlen: der Mittelwert der Zeilen. Klassen: die häufigste, bei Gleichstand keine.</translation>
    </message>
    <message>
        <source>Numbers: the median of the rows. Classes: the most frequent one, none on a tie.</source>
        <translation>Zahlen: der Median der Zeilen. Klassen: die häufigste, bei Gleichstand keine.</translation>
    </message>
    <message>
        <source>Classes: the most frequent one, none on a tie. Numbers: the median.</source>
        <translation>Klassen: die häufigste, bei Gleichstand keine. Zahlen: der Median.</translation>
    </message>
    <message>
        <source>Labels that differ between rows are left out; the molecule keeps its others.</source>
        <translation>Labels, die sich zwischen Zeilen unterscheiden, entfallen; die übrigen behält das Molekül.</translation>
    </message>
    <message>
        <source>Curate %1</source>
        <translation>%1 bereinigen</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>Strip salts and solvents</source>
        <translation>Salze und Lösungsmittel entfernen</translation>
    </message>
    <message>
        <source>Known counter-ions and solvents go, then the largest organic part stays.</source>
        <translation>Bekannte Gegenionen und Lösungsmittel gehen, dann bleibt der größte organische Teil.</translation>
    </message>
    <message>
        <source>Neutralise charges</source>
        <translation>Ladungen neutralisieren</translation>
    </message>
    <message>
        <source>By moving hydrogens; what cannot be neutral stays as it is.</source>
        <translation>Durch Verschieben von Wasserstoffen; was nicht neutral sein kann, bleibt.</translation>
    </message>
    <message>
        <source>Canonical tautomers</source>
        <translation>Kanonische Tautomere</translation>
    </message>
    <message>
        <source>Slow. Stereocentres that tautomers pass through are lost.</source>
        <translation>Langsam. Stereozentren, die Tautomere durchlaufen, gehen verloren.</translation>
    </message>
    <message>
        <source>Drop stereochemistry</source>
        <translation>Stereochemie weglassen</translation>
    </message>
    <message>
        <source>Stereoisomers become one molecule.</source>
        <translation>Stereoisomere werden ein Molekül.</translation>
    </message>
    <message>
        <source>Labels of rows of the same molecule</source>
        <translation>Labels von Zeilen desselben Moleküls</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>Erste Zeile</translation>
    </message>
    <message>
        <source>Keep all rows</source>
        <translation>Alle Zeilen behalten</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Majority</source>
        <translation>Mehrheit</translation>
    </message>
    <message>
        <source>Drop contradictions</source>
        <translation>Widersprüche weglassen</translation>
    </message>
    <message>
        <source>As imported</source>
        <translation>Wie importiert</translation>
    </message>
    <message>
        <source>No step, first row: undoes a recipe once it is applied.</source>
        <translation>Kein Schritt, erste Zeile: macht ein Rezept rückgängig, sobald es angewendet ist.</translation>
    </message>
    <message>
        <source>Results of the recipe</source>
        <translation>Ergebnisse des Rezepts</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Changed rows</source>
        <translation>Geänderte Zeilen</translation>
    </message>
    <message>
        <source>Counts before and after</source>
        <translation>Zahlen vorher und nachher</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Rows that the recipe changes</source>
        <translation>Zeilen, die das Rezept ändert</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>Wie geschrieben</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Contradicting labels</source>
        <translation>Widersprüchliche Labels</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>Values of the rows</source>
        <translation>Werte der Zeilen</translation>
    </message>
    <message>
        <source>Label now</source>
        <translation>Label jetzt</translation>
    </message>
    <message>
        <source>A double click on a row shows it as it was read.</source>
        <translation>Ein Doppelklick auf eine Zeile zeigt sie, wie sie gelesen wurde.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>%1, before %2</source>
        <translation>%1, zuvor %2</translation>
    </message>
    <message>
        <source>molecule</source>
        <translation>Molekül</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>%1 in %2 molecule</source>
        <translation>%1 in %2 Molekül</translation>
    </message>
</context>
<context>
    <name>papilio::app::RowPanel</name>
    <message>
        <source>Close the row</source>
        <translation>Zeile schließen</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Nachschlagen</translation>
    </message>
    <message>
        <source>Cells of the row as they were read</source>
        <translation>Zellen der Zeile, wie sie gelesen wurden</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>As read</source>
        <translation>Wie gelesen</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>Zelle kopieren</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>The structure is in this column</source>
        <translation>Die Struktur steht in dieser Spalte</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::SimilarityPlot</name>
    <message>
        <source>Similarity of measured molecules to the nearest training molecule</source>
        <translation>Ähnlichkeit gemessener Moleküle zum nächsten Trainingsmolekül</translation>
    </message>
    <message>
        <source>similarity to nearest training molecule, Tanimoto</source>
        <translation>Ähnlichkeit zum nächsten Trainingsmolekül, Tanimoto</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%1 % von %2</translation>
    </message>
    <message>
        <source>random %1 %</source>
        <translation>zufällig %1 %</translation>
    </message>
    <message>
        <source>Copy picture and table</source>
        <translation>Bild und Tabelle kopieren</translation>
    </message>
</context>
<context>
    <name>SplitReply</name>
    <message>
        <source>%1, row %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>%1: no molecules</source>
        <translation>%1: keine Moleküle</translation>
    </message>
    <message>
        <source>%1: %2 without a label</source>
        <translation>%1: %2 ohne Label</translation>
    </message>
    <message>
        <source>%1: %2 tasks without a label</source>
        <translation>%1: %2 Aufgaben ohne Label</translation>
    </message>
    <message>
        <source>%1: %2 without positives</source>
        <translation>%1: %2 ohne Positive</translation>
    </message>
    <message>
        <source>%1: %2 tasks without positives</source>
        <translation>%1: %2 Aufgaben ohne Positive</translation>
    </message>
    <message>
        <source>molecule is trained on by one dataset and measured by another</source>
        <translation>Molekül, an dem ein Datensatz trainiert und ein anderer gemessen wird</translation>
    </message>
    <message>
        <source>molecules are trained on by one dataset and measured by another</source>
        <translation>Moleküle, an denen ein Datensatz trainiert und ein anderer gemessen wird</translation>
    </message>
    <message>
        <source>measured molecule differs only in stereo from one trained on</source>
        <translation>gemessenes Molekül weicht nur in der Stereochemie von einem trainierten ab</translation>
    </message>
    <message>
        <source>measured molecules differ only in stereo from one trained on</source>
        <translation>gemessene Moleküle weichen nur in der Stereochemie von einem trainierten ab</translation>
    </message>
</context>
<context>
    <name>papilio::app::SplitChoice</name>
    <message>
        <source>How molecules are divided into training, validation and test</source>
        <translation>Wie Moleküle in Training, Validierung und Test geteilt werden</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>any molecule anywhere: the easiest</source>
        <translation>jedes Molekül irgendwo: am leichtesten</translation>
    </message>
    <message>
        <source>Scaffold</source>
        <translation>Gerüst</translation>
    </message>
    <message>
        <source>molecules of one ring system and its linkers (Bemis–Murcko) stay together</source>
        <translation>Moleküle mit gleichem Ringsystem samt Verbindungen (Bemis–Murcko) bleiben zusammen</translation>
    </message>
    <message>
        <source>Scaffold, balanced over tasks</source>
        <translation>Gerüst, über Aufgaben ausgeglichen</translation>
    </message>
    <message>
        <source>the same, so that each task has its share of labels in each part</source>
        <translation>ebenso, aber jede Aufgabe hat in jedem Teil ihren Anteil an Werten</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>molecules with similar fingerprints stay together</source>
        <translation>Moleküle mit ähnlichen Fingerprints bleiben zusammen</translation>
    </message>
    <message>
        <source>By a column of the table</source>
        <translation>Nach einer Spalte der Tabelle</translation>
    </message>
    <message>
        <source>a column says Train, Valid or Test</source>
        <translation>eine Spalte sagt Train, Valid oder Test</translation>
    </message>
    <message>
        <source>By a file of row numbers</source>
        <translation>Nach einer Datei mit Zeilennummern</translation>
    </message>
    <message>
        <source>a CSV file with columns train, val and test, or a PyTorch file (.pt)</source>
        <translation>eine CSV-Datei mit Spalten train, val und test, oder eine PyTorch-Datei (.pt)</translation>
    </message>
    <message>
        <source>A split of the project</source>
        <translation>Eine Teilung des Projekts</translation>
    </message>
    <message>
        <source>one that was made before</source>
        <translation>eine früher gemachte</translation>
    </message>
    <message>
        <source>As a text…</source>
        <translation>Als Text…</translation>
    </message>
    <message>
        <source>all options, as on the command line</source>
        <translation>alle Optionen, wie auf der Kommandozeile</translation>
    </message>
    <message>
        <source>Column that tells the part</source>
        <translation>Spalte, die den Teil nennt</translation>
    </message>
    <message>
        <source>column, or DATASET=COLUMN|…</source>
        <translation>Spalte, oder DATENSATZ=SPALTE|…</translation>
    </message>
    <message>
        <source>File of row numbers</source>
        <translation>Datei mit Zeilennummern</translation>
    </message>
    <message>
        <source>file, or DATASET=FILE|…</source>
        <translation>Datei, oder DATENSATZ=DATEI|…</translation>
    </message>
    <message>
        <source>Split as a text</source>
        <translation>Teilung als Text</translation>
    </message>
    <message>
        <source>Split of the project</source>
        <translation>Teilung des Projekts</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the file of row numbers</source>
        <translation>Die Datei mit Zeilennummern wählen</translation>
    </message>
    <message>
        <source>each data set by itself</source>
        <translation>jeder Datensatz für sich</translation>
    </message>
    <message>
        <source>A molecule of two data sets may then be trained on for one and tested for the other; the report says how many</source>
        <translation>Ein Molekül zweier Datensätze kann dann für den einen trainiert und für den anderen getestet werden; der Bericht sagt, wie viele</translation>
    </message>
    <message>
        <source>tell seen test molecules apart</source>
        <translation>gesehene Testmoleküle getrennt zeigen</translation>
    </message>
    <message>
        <source>Test molecules that another data set trains on are measured as a part of their own, test_seen</source>
        <translation>Testmoleküle, auf denen ein anderer Datensatz trainiert, werden als eigener Teil gemessen, test_seen</translation>
    </message>
    <message>
        <source>%1: %2, seed %3</source>
        <translation>%1: %2, Startwert %3</translation>
    </message>
    <message>
        <source>no split has been made yet</source>
        <translation>noch keine Teilung gemacht</translation>
    </message>
    <message>
        <source>Split files (*.csv *.tsv *.csv.gz *.pt *.pth *.pkl);;All files (*)</source>
        <translation>Teilungsdateien (*.csv *.tsv *.csv.gz *.pt *.pth *.pkl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>papilio::app::SplitSection</name>
    <message>
        <source>labels of all %1 tasks in every part</source>
        <translation>Werte aller %1 Aufgaben in jedem Teil</translation>
    </message>
    <message>
        <source>test positives in all %1 tasks, fewest %2</source>
        <translation>Positive im Test in allen %1 Aufgaben, mindestens %2</translation>
    </message>
    <message>
        <source>n = %1, a sample of %2</source>
        <translation>n = %1, Stichprobe von %2</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>Median %1</translation>
    </message>
    <message>
        <source>random %1 (dashed)</source>
        <translation>zufällig %1 (gestrichelt)</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>How hard is this split?</source>
        <translation>Wie schwer ist diese Teilung?</translation>
    </message>
    <message>
        <source>Stop measuring the split</source>
        <translation>Messung der Teilung anhalten</translation>
    </message>
    <message>
        <source>Measuring the split</source>
        <translation>Teilung wird gemessen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>papilio::app::SplitDialog</name>
    <message>
        <source>Split %1</source>
        <translation>Teilung %1</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>On both sides (%1)</source>
        <translation>Auf beiden Seiten (%1)</translation>
    </message>
    <message>
        <source>Between data sets (%1)</source>
        <translation>Zwischen Datensätzen (%1)</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>%1, positive</source>
        <translation>%1, positiv</translation>
    </message>
    <message>
        <source>Labels of each task in each part</source>
        <translation>Werte jeder Aufgabe in jedem Teil</translation>
    </message>
    <message>
        <source>Nothing is on both sides</source>
        <translation>Nichts ist auf beiden Seiten</translation>
    </message>
    <message>
        <source>No measured molecule is trained on, not even as another stereoisomer.</source>
        <translation>Kein gemessenes Molekül wird trainiert, auch nicht als anderes Stereoisomer.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>same molecule</source>
        <translation>dasselbe Molekül</translation>
    </message>
    <message>
        <source>stereo twin</source>
        <translation>Stereo-Zwilling</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>dasselbe</translation>
    </message>
    <message>
        <source>Molecules on both sides</source>
        <translation>Moleküle auf beiden Seiten</translation>
    </message>
    <message>
        <source>%1 of %2 are named here.</source>
        <translation>%1 von %2 sind hier genannt.</translation>
    </message>
    <message>
        <source>No leak between data sets</source>
        <translation>Kein Leck zwischen Datensätzen</translation>
    </message>
    <message>
        <source>No test molecule of one data set is trained on by another.</source>
        <translation>Kein Testmolekül eines Datensatzes wird von einem anderen trainiert.</translation>
    </message>
    <message>
        <source>Tested by</source>
        <translation>Getestet von</translation>
    </message>
    <message>
        <source>Trained on by</source>
        <translation>Trainiert von</translation>
    </message>
    <message>
        <source>Molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>Of its test molecules</source>
        <translation>Von seinen Testmolekülen</translation>
    </message>
    <message>
        <source>Test molecules that other data sets train on</source>
        <translation>Testmoleküle, auf denen andere Datensätze trainieren</translation>
    </message>
    <message>
        <source>test part</source>
        <translation>Testteil</translation>
    </message>
    <message>
        <source>validation part</source>
        <translation>Validierungsteil</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>Median %1</translation>
    </message>
    <message>
        <source>tenth percentile %1</source>
        <translation>zehntes Perzentil %1</translation>
    </message>
    <message>
        <source>random %1 (dashed)</source>
        <translation>zufällig %1 (gestrichelt)</translation>
    </message>
    <message>
        <source>equal fingerprint: %1</source>
        <translation>gleicher Fingerprint: %1</translation>
    </message>
    <message>
        <source>n = %1 of %2</source>
        <translation>n = %1 von %2</translation>
    </message>
</context>
<context>
    <name>papilio::app::ReadingBar</name>
    <message>
        <source>Delimiter</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>senkrechter Strich</translation>
    </message>
    <message>
        <source>blanks</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Decimal</source>
        <translation>Dezimalzeichen</translation>
    </message>
    <message>
        <source>point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>first line</source>
        <translation>erste Zeile</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Skip lines</source>
        <translation>Zeilen überspringen</translation>
    </message>
    <message>
        <source>Lines above the table that are passed over; comments and titles are found out without</source>
        <translation>Zeilen über der Tabelle, die übergangen werden; Kommentare und Titel werden auch so erkannt</translation>
    </message>
    <message>
        <source>Cells like &lt;5</source>
        <translation>Zellen wie &lt;5</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>bound taken</source>
        <translation>Grenze übernommen</translation>
    </message>
    <message>
        <source>row rejected</source>
        <translation>Zeile verworfen</translation>
    </message>
    <message>
        <source>%1 (found)</source>
        <translation>%1 (erkannt)</translation>
    </message>
</context>
<context>
    <name>papilio::app::RowsBar</name>
    <message>
        <source>Rows to import</source>
        <translation>Zu importierende Zeilen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>only where</source>
        <translation>nur wo</translation>
    </message>
    <message>
        <source>One more condition: of the same column, either value will do; of another one, both must hold</source>
        <translation>Noch eine Bedingung: bei derselben Spalte genügt einer der Werte, bei einer anderen müssen beide gelten</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Column to choose rows by</source>
        <translation>Spalte, nach der Zeilen ausgewählt werden</translation>
    </message>
    <message>
        <source>is</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>Value of the rows</source>
        <translation>Wert der Zeilen</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Diese Bedingung entfernen</translation>
    </message>
    <message>
        <source>Value of the rows, as it stands in the file</source>
        <translation>Wert der Zeilen, wie er in der Datei steht</translation>
    </message>
    <message>
        <source>as in the file</source>
        <translation>wie in der Datei</translation>
    </message>
    <message>
        <source>or</source>
        <comment>between two values of a column</comment>
        <translation>oder</translation>
    </message>
    <message>
        <source>and</source>
        <comment>between two conditions</comment>
        <translation>und</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <comment>a cell without text</comment>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>another value…</source>
        <translation>anderer Wert …</translation>
    </message>
</context>
<context>
    <name>papilio::app::ResultModel</name>
    <message>
        <source>Same molecule</source>
        <translation>Dasselbe Molekül</translation>
    </message>
    <message>
        <source>Same InChIKey</source>
        <translation>Derselbe InChIKey</translation>
    </message>
    <message>
        <source>Of this name</source>
        <translation>Mit diesem Namen</translation>
    </message>
    <message>
        <source>Name contains it</source>
        <translation>Name enthält es</translation>
    </message>
    <message>
        <source>Contain it</source>
        <translation>Enthalten es</translation>
    </message>
    <message>
        <source>Similar, Tanimoto</source>
        <translation>Ähnlich, Tanimoto</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>row not used</source>
        <translation>Zeile nicht verwendet</translation>
    </message>
    <message>
        <source>%1 of %2 labels</source>
        <translation>%1 von %2 Labels</translation>
    </message>
</context>
<context>
    <name>papilio::app::ResultsPanel</name>
    <message>
        <source>Molecules found</source>
        <translation>Gefundene Moleküle</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Stop the search</source>
        <translation>Suche anhalten</translation>
    </message>
    <message>
        <source>Stop the search; what was found stays</source>
        <translation>Suche anhalten; Gefundenes bleibt</translation>
    </message>
    <message>
        <source>searching …</source>
        <translation>sucht …</translation>
    </message>
    <message>
        <source>%1 so far · %2 %</source>
        <translation>%1 bisher · %2 %</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>die ersten %1</translation>
    </message>
    <message>
        <source>%1, stopped</source>
        <translation>%1, angehalten</translation>
    </message>
    <message>
        <source>Copy all results</source>
        <translation>Alle Ergebnisse kopieren</translation>
    </message>
    <message>
        <source>Copy SMILES</source>
        <translation>SMILES kopieren</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::TaskPairsView</name>
    <message>
        <source>%1 (%2): %3 molecules</source>
        <translation>%1 (%2): %3 Moleküle</translation>
    </message>
    <message>
        <source>%1 (%2) × %3 (%4)
%5 molecules with both, r %6</source>
        <translation>%1 (%2) × %3 (%4)
%5 Moleküle mit beiden, r %6</translation>
    </message>
    <message>
        <source>molecules with both   1</source>
        <translation>Moleküle mit beiden   1</translation>
    </message>
    <message>
        <source>correlation   −1</source>
        <translation>Korrelation   −1</translation>
    </message>
    <message>
        <source>none, or undefined</source>
        <translation>keine oder undefiniert</translation>
    </message>
    <message>
        <source>Copy picture and table</source>
        <translation>Bild und Tabelle kopieren</translation>
    </message>
</context>
<context>
    <name>papilio::widgets::CorrelationList</name>
    <message>
        <source>%1: %2 molecules with both</source>
        <translation>%1: %2 Moleküle mit beiden</translation>
    </message>
</context>
<context>
    <name>papilio::app::HostsDialog</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Launch prefix</source>
        <translation>Startbefehl</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>No host yet</source>
        <translation>Noch kein Rechner</translation>
    </message>
    <message>
        <source>Another computer that trains runs for this one: it is reached through ssh without a password, and has Papilio installed. Nothing else runs there.</source>
        <translation>Ein anderer Rechner, der Läufe für diesen trainiert: über ssh ohne Passwort erreichbar, mit installiertem Papilio. Sonst läuft dort nichts.</translation>
    </message>
    <message>
        <source>Add a host…</source>
        <translation>Rechner hinzufügen…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>as you call it</source>
        <translation>wie er heißen soll</translation>
    </message>
    <message>
        <source>The name by which you choose this host</source>
        <translation>Der Name, unter dem dieser Rechner gewählt wird</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>user@host, or a name of your ~/.ssh/config; ssh must get in without a password</source>
        <translation>benutzer@rechner oder ein Name aus ~/.ssh/config; ssh muss ohne Passwort hineinkommen</translation>
    </message>
    <message>
        <source>ssh arguments</source>
        <translation>ssh-Argumente</translation>
    </message>
    <message>
        <source>none, or for example -p 2222</source>
        <translation>keine, oder zum Beispiel -p 2222</translation>
    </message>
    <message>
        <source>Further arguments of ssh; blanks part words, quotation marks keep them together</source>
        <translation>Weitere Argumente für ssh; Leerzeichen trennen Wörter, Anführungszeichen halten sie zusammen</translation>
    </message>
    <message>
        <source>Engine there</source>
        <translation>Programm dort</translation>
    </message>
    <message>
        <source>How papilio-engine is called there; the full path if it is not found</source>
        <translation>Wie papilio-engine dort heißt; der volle Pfad, falls es nicht gefunden wird</translation>
    </message>
    <message>
        <source>Folder there</source>
        <translation>Ordner dort</translation>
    </message>
    <message>
        <source>Where runs are kept there; relative to the home folder, or absolute. It is made if it is absent</source>
        <translation>Wo Läufe dort liegen; relativ zum Benutzerordner oder absolut. Fehlt er, wird er angelegt</translation>
    </message>
    <message>
        <source>none, or for example srun --gres=gpu:1</source>
        <translation>keiner, oder zum Beispiel srun --gres=gpu:1</translation>
    </message>
    <message>
        <source>Words before the engine&apos;s command, such as srun or torchrun with their options</source>
        <translation>Wörter vor dem Befehl des Programms, etwa srun oder torchrun mit ihren Optionen</translation>
    </message>
    <message>
        <source>Keep a run&apos;s files there after it is finished and fetched</source>
        <translation>Dateien eines Laufs dort behalten, wenn er beendet und abgeholt ist</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The list of hosts cannot be read.</source>
        <translation>Die Liste der Rechner kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>A test looks at the connection, the engine and its version, the devices, and the room in the folder.</source>
        <translation>Geprüft werden Verbindung, Programm und Version, Geräte und freier Platz im Ordner.</translation>
    </message>
    <message>
        <source>Testing %1 …</source>
        <translation>%1 wird geprüft …</translation>
    </message>
    <message>
        <source>Runs can be sent there.</source>
        <translation>Läufe können dorthin geschickt werden.</translation>
    </message>
    <message>
        <source>Runs cannot be sent there as it is.</source>
        <translation>So können keine Läufe dorthin geschickt werden.</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>not in order</source>
        <translation>nicht in Ordnung</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
</context>
<context>
    <name>remote</name>
    <message>
        <source>on %1, not followed</source>
        <translation>auf %1, nicht verfolgt</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Stopping and checkpoints</source>
        <translation>Ende und Zwischenstände</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Network: inputs</source>
        <translation>Netz: inputs</translation>
    </message>
    <message>
        <source>Network: encoders</source>
        <translation>Netz: encoders</translation>
    </message>
    <message>
        <source>Network: pre_node</source>
        <translation>Netz: pre_node</translation>
    </message>
    <message>
        <source>Network: pre_edge</source>
        <translation>Netz: pre_edge</translation>
    </message>
    <message>
        <source>Network: gnn</source>
        <translation>Netz: gnn</translation>
    </message>
    <message>
        <source>Network: outputs</source>
        <translation>Netz: outputs</translation>
    </message>
    <message>
        <source>Network: heads</source>
        <translation>Netz: heads</translation>
    </message>
    <message>
        <source>Network: quirks</source>
        <translation>Netz: quirks</translation>
    </message>
    <message>
        <source>Molecules of a batch.</source>
        <translation>Moleküle je Batch.</translation>
    </message>
    <message>
        <source>Batches whose gradients are added up to one step, as if they were one batch.</source>
        <translation>Batches, deren Gradienten zu einem Schritt summiert werden, als wären sie ein Batch.</translation>
    </message>
    <message>
        <source>Full learning rate; the schedule scales it.</source>
        <translation>Volle Lernrate; der Zeitplan skaliert sie.</translation>
    </message>
    <message>
        <source>Epochs in which the rate rises; then it falls in a straight line. (Other schedules: schedule.warmup.)</source>
        <translation>Epochen, in denen die Rate steigt; danach fällt sie linear. (Andere Zeitpläne: schedule.warmup.)</translation>
    </message>
    <message>
        <source>Rate of the last epoch; not above learning_rate. (Other schedules: schedule.min_learning_rate.)</source>
        <translation>Rate der letzten Epoche; nicht über learning_rate. (Andere Zeitpläne: schedule.min_learning_rate.)</translation>
    </message>
    <message>
        <source>adamw: weight decay beside Adam&apos;s step instead of in the gradient.</source>
        <translation>adamw: Weight Decay neben Adams Schritt statt im Gradienten.</translation>
    </message>
    <message>
        <source>Pull of the weights towards 0.</source>
        <translation>Zug der Gewichte zur 0 hin.</translation>
    </message>
    <message>
        <source>Decay of Adam&apos;s mean gradient.</source>
        <translation>Abklingen von Adams mittlerem Gradienten.</translation>
    </message>
    <message>
        <source>Decay of Adam&apos;s mean squared gradient.</source>
        <translation>Abklingen von Adams mittlerem quadriertem Gradienten.</translation>
    </message>
    <message>
        <source>Added to the root of Adam&apos;s mean squared gradient.</source>
        <translation>Wird zur Wurzel von Adams mittlerem quadriertem Gradienten addiert.</translation>
    </message>
    <message>
        <source>Largest norm of a step&apos;s gradient; 0 = no clipping.</source>
        <translation>Größte Norm des Gradienten eines Schritts; 0 = unbegrenzt.</translation>
    </message>
    <message>
        <source>Decay a step of the average of the weights, which then is measured and kept; 0 = no average.</source>
        <translation>Abklingen je Schritt des Mittels der Gewichte, das dann gemessen und behalten wird; 0 = kein Mittel.</translation>
    </message>
    <message>
        <source>The number that tells the best epoch: val/loss, val/HEAD/METRIC or val/DATASET:TASK/METRIC.</source>
        <translation>Die Zahl, die die beste Epoche bestimmt: val/loss, val/KOPF/METRIK oder val/DATENSATZ:AUFGABE/METRIK.</translation>
    </message>
    <message>
        <source>Epochs to wait for a better watched number before the run ends; 0 = for ever.</source>
        <translation>Epochen, die auf eine bessere beobachtete Zahl gewartet wird, bevor der Lauf endet; 0 = unbegrenzt.</translation>
    </message>
    <message>
        <source>By how much it must be better to count for &apos;patience&apos;.</source>
        <translation>Um wie viel sie besser sein muss, um für &apos;patience&apos; zu zählen.</translation>
    </message>
    <message>
        <source>Checkpoints of the best epochs that are kept.</source>
        <translation>Zwischenstände der besten Epochen, die behalten werden.</translation>
    </message>
    <message>
        <source>A checkpoint at least this often; 0 = after every step.</source>
        <translation>Mindestens so oft ein Zwischenstand; 0 = nach jedem Schritt.</translation>
    </message>
    <message>
        <source>Of regression labels: mean 0 and deviation 1 (normal), smallest 0 and largest 1 (unit), or none.</source>
        <translation>Der Regressionslabels: Mittel 0 und Streuung 1 (normal), kleinstes 0 und größtes 1 (unit) oder keine (none).</translation>
    </message>
    <message>
        <source>Widths are scaled until the parameters are within 1 % of it; 0 = as they are.</source>
        <translation>Die Breiten werden skaliert, bis die Parameterzahl auf 1 % genau stimmt; 0 = wie sie sind.</translation>
    </message>
    <message>
        <source>What matrix products are computed in, where the device can.</source>
        <translation>Worin Matrixprodukte gerechnet werden, wo das Gerät es kann.</translation>
    </message>
    <message>
        <source>Threads; 0 = all cores. With 1 a run repeats bit by bit.</source>
        <translation>Threads; 0 = alle Kerne. Mit 1 wiederholt sich ein Lauf Bit für Bit.</translation>
    </message>
    <message>
        <source>cpu, cuda or cuda:N.</source>
        <translation>cpu, cuda oder cuda:N.</translation>
    </message>
    <message>
        <source>How the learning rate goes.</source>
        <translation>Wie die Lernrate verläuft.</translation>
    </message>
    <message>
        <source>What times are counted in, and when the rate changes.</source>
        <translation>Worin Zeiten gezählt werden und wann sich die Rate ändert.</translation>
    </message>
    <message>
        <source>Name of the preset.</source>
        <translation>Name der Vorlage.</translation>
    </message>
    <message>
        <source>Name for people.</source>
        <translation>Name für Menschen.</translation>
    </message>
    <message>
        <source>What it is and what it is good for.</source>
        <translation>Was es ist und wofür es gut ist.</translation>
    </message>
    <message>
        <source>Name of the feature set.</source>
        <translation>Name des Merkmalssatzes.</translation>
    </message>
    <message>
        <source>Atom properties as one-hot columns.</source>
        <translation>Atomeigenschaften als One-Hot-Spalten.</translation>
    </message>
    <message>
        <source>Atom properties as numbers.</source>
        <translation>Atomeigenschaften als Zahlen.</translation>
    </message>
    <message>
        <source>Bond properties.</source>
        <translation>Bindungseigenschaften.</translation>
    </message>
    <message>
        <source>Encodings of positions and structure.</source>
        <translation>Kodierungen von Lage und Struktur.</translation>
    </message>
    <message>
        <source>What is computed.</source>
        <translation>Was berechnet wird.</translation>
    </message>
    <message>
        <source>Where it enters: at atoms, bonds or pairs of atoms.</source>
        <translation>Wo es eingeht: an Atomen, Bindungen oder Atompaaren.</translation>
    </message>
    <message>
        <source>Eigenvectors, or steps of a random walk.</source>
        <translation>Eigenvektoren oder Schritte einer Zufallsbewegung.</translation>
    </message>
    <message>
        <source>Laplacian: none (D−A), sym (D^−½(D−A)D^−½) or inv (D⁻¹(D−A)).</source>
        <translation>Laplace-Matrix: none (D−A), sym (D^−½(D−A)D^−½) oder inv (D⁻¹(D−A)).</translation>
    </message>
    <message>
        <source>Each connected part has its own decomposition.</source>
        <translation>Jeder zusammenhängende Teil wird für sich zerlegt.</translation>
    </message>
    <message>
        <source>Vectors as the published library&apos;s general solver gives them; for models trained with it.</source>
        <translation>Vektoren, wie sie der allgemeine Löser der veröffentlichten Bibliothek liefert; für damit trainierte Modelle.</translation>
    </message>
    <message>
        <source>Walks: scaled by k^(space_dim/2) at step k.</source>
        <translation>Zufallsbewegungen: bei Schritt k mit k^(space_dim/2) skaliert.</translation>
    </message>
    <message>
        <source>Width of what stands in front of the atom features.</source>
        <translation>Breite dessen, was vor den Atommerkmalen steht.</translation>
    </message>
    <message>
        <source>Width in front of the bond features; 0 = none.</source>
        <translation>Breite vor den Bindungsmerkmalen; 0 = nichts.</translation>
    </message>
    <message>
        <source>How the encoders&apos; outputs are joined: sum, mean or max.</source>
        <translation>Wie die Ausgaben der Encoder vereint werden: sum, mean oder max.</translation>
    </message>
    <message>
        <source>Norm of the joined encoders.</source>
        <translation>Normalisierung der vereinten Encoder.</translation>
    </message>
    <message>
        <source>The encoders of positions and structure.</source>
        <translation>Die Encoder von Lage und Struktur.</translation>
    </message>
    <message>
        <source>Training flips signs of Laplacian vectors, per molecule and column.</source>
        <translation>Im Training wechseln die Vorzeichen der Laplace-Vektoren zufällig, je Molekül und Spalte.</translation>
    </message>
    <message>
        <source>Output width.</source>
        <translation>Breite der Ausgabe.</translation>
    </message>
    <message>
        <source>Width of the hidden layers; one number, or one a layer.</source>
        <translation>Breite der verborgenen Schichten; eine Zahl oder eine je Schicht.</translation>
    </message>
    <message>
        <source>Number of linear layers.</source>
        <translation>Zahl der linearen Schichten.</translation>
    </message>
    <message>
        <source>Activation of the hidden layers.</source>
        <translation>Aktivierung der verborgenen Schichten.</translation>
    </message>
    <message>
        <source>Activation of the last layer.</source>
        <translation>Aktivierung der letzten Schicht.</translation>
    </message>
    <message>
        <source>Dropout of the hidden layers.</source>
        <translation>Dropout der verborgenen Schichten.</translation>
    </message>
    <message>
        <source>Dropout of the last layer.</source>
        <translation>Dropout der letzten Schicht.</translation>
    </message>
    <message>
        <source>Norm of the hidden layers.</source>
        <translation>Normalisierung der verborgenen Schichten.</translation>
    </message>
    <message>
        <source>Norm of the last layer.</source>
        <translation>Normalisierung der letzten Schicht.</translation>
    </message>
    <message>
        <source>Norm of the input.</source>
        <translation>Normalisierung der Eingabe.</translation>
    </message>
    <message>
        <source>How a layer&apos;s output is joined with what came before.</source>
        <translation>Wie die Ausgabe einer Schicht mit dem Vorigen verbunden wird.</translation>
    </message>
    <message>
        <source>Layers from one residual to the next.</source>
        <translation>Schichten von einer Residualverbindung zur nächsten.</translation>
    </message>
    <message>
        <source>Networks side by side, joined at the end; 0 = a single one.</source>
        <translation>Netze nebeneinander, am Ende vereint; 0 = ein einziges.</translation>
    </message>
    <message>
        <source>How the ensemble&apos;s outputs are joined.</source>
        <translation>Wie die Ausgaben des Ensembles vereint werden.</translation>
    </message>
    <message>
        <source>Share of the input columns that a member of the ensemble sees.</source>
        <translation>Anteil der Eingabespalten, den ein Mitglied des Ensembles sieht.</translation>
    </message>
    <message>
        <source>Kind of graph layer.</source>
        <translation>Art der Graphschicht.</translation>
    </message>
    <message>
        <source>Number of layers.</source>
        <translation>Zahl der Schichten.</translation>
    </message>
    <message>
        <source>Width of atoms behind all layers but the last; one number, or one a layer.</source>
        <translation>Breite der Atome nach allen Schichten außer der letzten; eine Zahl oder eine je Schicht.</translation>
    </message>
    <message>
        <source>Width of atoms behind the last layer.</source>
        <translation>Breite der Atome nach der letzten Schicht.</translation>
    </message>
    <message>
        <source>Width of bonds behind layers that change them; 0 = as before.</source>
        <translation>Breite der Bindungen nach Schichten, die sie ändern; 0 = wie zuvor.</translation>
    </message>
    <message>
        <source>The same behind the last layer; 0 = hidden_edges.</source>
        <translation>Dasselbe nach der letzten Schicht; 0 = hidden_edges.</translation>
    </message>
    <message>
        <source>Activation of all layers but the last.</source>
        <translation>Aktivierung aller Schichten außer der letzten.</translation>
    </message>
    <message>
        <source>Dropout of all layers but the last.</source>
        <translation>Dropout aller Schichten außer der letzten.</translation>
    </message>
    <message>
        <source>Norm of all layers but the last.</source>
        <translation>Normalisierung aller Schichten außer der letzten.</translation>
    </message>
    <message>
        <source>Norm of atoms and bonds before the first layer.</source>
        <translation>Normalisierung der Atome und Bindungen vor der ersten Schicht.</translation>
    </message>
    <message>
        <source>DropPath of the last layer; it grows with depth from 0.</source>
        <translation>DropPath der letzten Schicht; er wächst mit der Tiefe von 0 an.</translation>
    </message>
    <message>
        <source>A node joined to all atoms, and how it pools them.</source>
        <translation>Ein mit allen Atomen verbundener Knoten und wie er sie zusammenfasst.</translation>
    </message>
    <message>
        <source>The virtual node pools bonds too, and adds to them.</source>
        <translation>Der virtuelle Knoten fasst auch Bindungen zusammen und wirkt auf sie.</translation>
    </message>
    <message>
        <source>The virtual node keeps its own state from layer to layer.</source>
        <translation>Der virtuelle Knoten behält seinen Zustand von Schicht zu Schicht.</translation>
    </message>
    <message>
        <source>How messages are joined; all are put side by side.</source>
        <translation>Wie Nachrichten vereint werden; alle Arten stehen nebeneinander.</translation>
    </message>
    <message>
        <source>How each is scaled by the number of neighbours.</source>
        <translation>Wie jede mit der Zahl der Nachbarn skaliert wird.</translation>
    </message>
    <message>
        <source>Layers on a message.</source>
        <translation>Schichten auf einer Nachricht.</translation>
    </message>
    <message>
        <source>Layers behind.</source>
        <translation>Schichten dahinter.</translation>
    </message>
    <message>
        <source>Activation of the last layer of both.</source>
        <translation>Aktivierung der letzten Schicht von beiden.</translation>
    </message>
    <message>
        <source>δ: mean of log(degree + 1) over the training molecules.</source>
        <translation>δ: Mittel von log(Grad + 1) über die Trainingsmoleküle.</translation>
    </message>
    <message>
        <source>Mean degree over the training molecules.</source>
        <translation>Mittlerer Grad über die Trainingsmoleküle.</translation>
    </message>
    <message>
        <source>Messages see the bond.</source>
        <translation>Nachrichten sehen die Bindung.</translation>
    </message>
    <message>
        <source>A bond reads both ends; otherwise its sender alone.</source>
        <translation>Eine Bindung liest beide Enden; sonst nur ihren Sender.</translation>
    </message>
    <message>
        <source>An atom gathers over bonds in both directions; otherwise over incoming ones.</source>
        <translation>Ein Atom sammelt über Bindungen in beiden Richtungen; sonst nur über eingehende.</translation>
    </message>
    <message>
        <source>Ends and directions are added instead of put side by side.</source>
        <translation>Enden und Richtungen werden addiert statt nebeneinandergestellt.</translation>
    </message>
    <message>
        <source>Layers of the network on atoms.</source>
        <translation>Schichten des Netzes auf Atomen.</translation>
    </message>
    <message>
        <source>Layers of the network on bonds.</source>
        <translation>Schichten des Netzes auf Bindungen.</translation>
    </message>
    <message>
        <source>Hidden widths, times the input width.</source>
        <translation>Verborgene Breiten, mal der Breite der Eingabe.</translation>
    </message>
    <message>
        <source>How bonds are joined at an atom; all are put side by side.</source>
        <translation>Wie Bindungen an einem Atom vereint werden; alle Arten stehen nebeneinander.</translation>
    </message>
    <message>
        <source>Dropout behind the network on bonds.</source>
        <translation>Dropout nach dem Netz auf Bindungen.</translation>
    </message>
    <message>
        <source>Bond features enter and are changed; otherwise atoms gather their neighbours alone.</source>
        <translation>Bindungsmerkmale gehen ein und ändern sich; sonst sammeln Atome nur ihre Nachbarn.</translation>
    </message>
    <message>
        <source>The local layer, or none.</source>
        <translation>Die lokale Schicht oder none.</translation>
    </message>
    <message>
        <source>Activation of the local layer&apos;s own ending.</source>
        <translation>Aktivierung des eigenen Abschlusses der lokalen Schicht.</translation>
    </message>
    <message>
        <source>Norm of the local layer&apos;s own ending.</source>
        <translation>Normalisierung des eigenen Abschlusses der lokalen Schicht.</translation>
    </message>
    <message>
        <source>Dropout of the local layer&apos;s own ending.</source>
        <translation>Dropout des eigenen Abschlusses der lokalen Schicht.</translation>
    </message>
    <message>
        <source>The local layer&apos;s output is added to its input.</source>
        <translation>Die Ausgabe der lokalen Schicht wird zu ihrer Eingabe addiert.</translation>
    </message>
    <message>
        <source>The local layer&apos;s output is divided by it.</source>
        <translation>Durch diese Zahl wird die Ausgabe der lokalen Schicht geteilt.</translation>
    </message>
    <message>
        <source>Attention over all atoms of the molecule, or none.</source>
        <translation>Attention über alle Atome des Moleküls oder none.</translation>
    </message>
    <message>
        <source>Attention heads.</source>
        <translation>Attention-Köpfe.</translation>
    </message>
    <message>
        <source>Dropout of the attention weights.</source>
        <translation>Dropout der Attention-Gewichte.</translation>
    </message>
    <message>
        <source>Add the attention bias of the encoders.</source>
        <translation>Den Attention-Bias der Encoder addieren.</translation>
    </message>
    <message>
        <source>Hidden width of the MLP behind, times the input width.</source>
        <translation>Verborgene Breite des MLP dahinter, mal der Breite der Eingabe.</translation>
    </message>
    <message>
        <source>DropPath of the attention.</source>
        <translation>DropPath der Attention.</translation>
    </message>
    <message>
        <source>DropPath of the MLP behind.</source>
        <translation>DropPath des MLP dahinter.</translation>
    </message>
    <message>
        <source>Atoms → molecule; several stand side by side.</source>
        <translation>Atome → Molekül; mehrere stehen nebeneinander.</translation>
    </message>
    <message>
        <source>Kind of loss.</source>
        <translation>Art des Verlusts.</translation>
    </message>
    <message>
        <source>Weight against the other heads.</source>
        <translation>Gewicht gegenüber den anderen Köpfen.</translation>
    </message>
    <message>
        <source>Mean over tasks of the mean over molecules; otherwise one pool of labels.</source>
        <translation>Mittel über die Aufgaben vom Mittel über die Moleküle; sonst alle Labels in einem Topf.</translation>
    </message>
    <message>
        <source>Huber: where the square turns into a line.</source>
        <translation>Huber: wo das Quadrat in eine Gerade übergeht.</translation>
    </message>
    <message>
        <source>Hybrid: share of the cross-entropy; the rest is regression.</source>
        <translation>Hybrid: Anteil der Kreuzentropie; der Rest ist Regression.</translation>
    </message>
    <message>
        <source>Hybrid: absolute instead of squared error.</source>
        <translation>Hybrid: absoluter statt quadrierter Fehler.</translation>
    </message>
    <message>
        <source>Weights of the classes; empty = all 1.</source>
        <translation>Gewichte der Klassen; leer = alle 1.</translation>
    </message>
    <message>
        <source>Weights of the tasks; empty = all 1.</source>
        <translation>Gewichte der Aufgaben; leer = alle 1.</translation>
    </message>
    <message>
        <source>Heads of single datasets; the first that matches counts.</source>
        <translation>Köpfe einzelner Datensätze; der erste passende zählt.</translation>
    </message>
    <message>
        <source>How the heads&apos; losses are weighed against each other.</source>
        <translation>Wie die Verluste der Köpfe gegeneinander gewichtet werden.</translation>
    </message>
    <message>
        <source>muP: widths of the base network are these divided by it; 1 = off.</source>
        <translation>muP: die Breiten des Basisnetzes sind diese durch den Wert geteilt; 1 = aus.</translation>
    </message>
    <message>
        <source>Training flips signs of eigenvalues, one a column for the whole batch, instead of eigenvectors.</source>
        <translation>Im Training wechseln die Vorzeichen der Eigenwerte, eines je Spalte für den ganzen Batch, statt der Eigenvektoren.</translation>
    </message>
    <message>
        <source>Laplacian transformer: 1/√d outside training, 1/d in training.</source>
        <translation>Laplace-Transformer: 1/√d außerhalb des Trainings, 1/d im Training.</translation>
    </message>
    <message>
        <source>Weighted residual: a second pass has one residual left, later passes none.</source>
        <translation>Gewichtete Residualverbindung: ein zweiter Durchgang hat noch eine, spätere keine.</translation>
    </message>
    <message>
        <source>DropPath outside training too.</source>
        <translation>DropPath auch außerhalb des Trainings.</translation>
    </message>
    <message>
        <source>GPS ends in relu whatever the activation is.</source>
        <translation>GPS endet in relu, gleich welche Aktivierung gilt.</translation>
    </message>
    <message>
        <source>GPS attention: x + norm(x + a) instead of norm(x + a).</source>
        <translation>GPS-Attention: x + norm(x + a) statt norm(x + a).</translation>
    </message>
    <message>
        <source>Part of the parameters&apos; names.</source>
        <translation>Teil der Namen der Parameter.</translation>
    </message>
    <message>
        <source>Kind of encoder.</source>
        <translation>Art des Encoders.</translation>
    </message>
    <message>
        <source>Keys of the encodings it reads.</source>
        <translation>Schlüssel der Kodierungen, die er liest.</translation>
    </message>
    <message>
        <source>Output width: encoders.out, or encoders.out_edges for bonds.</source>
        <translation>Breite der Ausgabe: encoders.out, für Bindungen encoders.out_edges.</translation>
    </message>
    <message>
        <source>Width of its hidden layers.</source>
        <translation>Breite seiner verborgenen Schichten.</translation>
    </message>
    <message>
        <source>Number of its layers.</source>
        <translation>Zahl seiner Schichten.</translation>
    </message>
    <message>
        <source>Dropout.</source>
        <translation>Dropout.</translation>
    </message>
    <message>
        <source>Activation.</source>
        <translation>Aktivierung.</translation>
    </message>
    <message>
        <source>Norm after each layer.</source>
        <translation>Normalisierung nach jeder Schicht.</translation>
    </message>
    <message>
        <source>How eigenvectors are joined: deepset, transformer or mlp.</source>
        <translation>Wie Eigenvektoren vereint werden: deepset, transformer oder mlp.</translation>
    </message>
    <message>
        <source>Layers behind the sum over eigenvectors.</source>
        <translation>Schichten nach der Summe über die Eigenvektoren.</translation>
    </message>
    <message>
        <source>Attention heads of the transformer.</source>
        <translation>Attention-Köpfe des Transformers.</translation>
    </message>
    <message>
        <source>Hidden width of the transformer&apos;s MLP.</source>
        <translation>Verborgene Breite des MLP im Transformer.</translation>
    </message>
    <message>
        <source>Attention heads that get a bias from it; 0 = no bias.</source>
        <translation>Attention-Köpfe, die davon einen Bias bekommen; 0 = kein Bias.</translation>
    </message>
    <message>
        <source>Number of Gaussians.</source>
        <translation>Zahl der Gauß-Funktionen.</translation>
    </message>
    <message>
        <source>Number of radial basis functions.</source>
        <translation>Zahl der radialen Basisfunktionen.</translation>
    </message>
    <message>
        <source>Largest distance in Å.</source>
        <translation>Größter Abstand in Å.</translation>
    </message>
    <message>
        <source>Exponent of the smooth cut-off.</source>
        <translation>Exponent des glatten Abschneidens.</translation>
    </message>
    <message>
        <source>Times that the training molecules are seen.</source>
        <translation>Wie oft die Trainingsmoleküle gesehen werden.</translation>
    </message>
    <message>
        <source>Parts for training, validation and test: random:0.8/0.1/0.1, scaffold, balanced-scaffold, cluster, column:NAME, file:PATH, stored:NUMBER; with per-dataset and test_seen behind a comma.</source>
        <translation>Teile für Training, Validierung und Test: random:0.8/0.1/0.1, scaffold, balanced-scaffold, cluster, column:NAME, file:PFAD, stored:NUMMER; mit per-dataset und test_seen hinter einem Komma.</translation>
    </message>
    <message>
        <source>Of weights, split, order of molecules, sampling and dropout.</source>
        <translation>Von Gewichten, Teilung, Reihenfolge der Moleküle, Ziehung und Dropout.</translation>
    </message>
    <message>
        <source>A good start for data of one&apos;s own, up to some ten thousand molecules: GINE with a virtual node that carries news through the whole molecule.</source>
        <translation>Ein guter Anfang für eigene Daten bis zu einigen zehntausend Molekülen: GINE mit einem virtuellen Knoten, der Nachrichten durch das ganze Molekül trägt.</translation>
    </message>
    <message>
        <source>GINE beside attention over all atoms of a molecule: for properties that depend on atoms far apart. Slower than GINE.</source>
        <translation>GINE neben Attention über alle Atome eines Moleküls: für Eigenschaften, die von weit entfernten Atomen abhängen. Langsamer als GINE.</translation>
    </message>
    <message>
        <source>Networks on bonds and atoms take turns. Made for labels of bonds, and strong elsewhere; slower than GINE.</source>
        <translation>Netze auf Bindungen und Atomen wechseln sich ab. Für Labels von Bindungen gemacht und auch sonst stark; langsamer als GINE.</translation>
    </message>
    <message>
        <source>Graph convolution: each atom takes the sum of its neighbours. The smallest and quickest; bond types are not seen.</source>
        <translation>Graphfaltung: Jedes Atom nimmt die Summe seiner Nachbarn. Am kleinsten und schnellsten; sieht keine Bindungsarten.</translation>
    </message>
    <message>
        <source>Graph isomorphism network: a two-layer network on each atom and the sum of its neighbours. Bond types are not seen.</source>
        <translation>Graph-Isomorphie-Netz: ein zweischichtiges Netz auf jedem Atom und der Summe seiner Nachbarn. Sieht keine Bindungsarten.</translation>
    </message>
    <message>
        <source>Graph isomorphism network with edges: like GIN, and every neighbour comes through its bond.</source>
        <translation>Graph-Isomorphie-Netz mit Kanten: wie GIN, und jeder Nachbar kommt durch seine Bindung.</translation>
    </message>
    <message>
        <source>Gated graph convolution: bonds decide how much of a neighbour an atom takes, and learn too. About 155,000 parameters with the ToyMix tasks, as in the published comparison at equal size.</source>
        <translation>Graphfaltung mit Toren: Bindungen entscheiden, wie viel ein Atom von einem Nachbarn nimmt, und lernen mit. Rund 155 000 Parameter bei den ToyMix-Aufgaben, wie im veröffentlichten Vergleich bei gleicher Größe.</translation>
    </message>
    <message>
        <source>Message passing of GPS++: networks on bonds and on atoms take turns. About 155,000 parameters with the ToyMix tasks, as in the published comparison at equal size.</source>
        <translation>Message Passing von GPS++: Netze auf Bindungen und auf Atomen wechseln sich ab. Rund 155 000 Parameter bei den ToyMix-Aufgaben, wie im veröffentlichten Vergleich bei gleicher Größe.</translation>
    </message>
    <message>
        <source>The network behind the ToyMix results of the paper (arXiv 2310.04292): graph convolution, 128 wide.</source>
        <translation>Das Netz hinter den ToyMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graphfaltung, 128 breit.</translation>
    </message>
    <message>
        <source>The network behind the ToyMix results of the paper (arXiv 2310.04292): graph isomorphism network, 96 wide.</source>
        <translation>Das Netz hinter den ToyMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz, 96 breit.</translation>
    </message>
    <message>
        <source>The network behind the ToyMix results of the paper (arXiv 2310.04292): graph isomorphism network with edges, 96 wide.</source>
        <translation>Das Netz hinter den ToyMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz mit Kanten, 96 breit.</translation>
    </message>
    <message>
        <source>The network behind the LargeMix results of the paper (arXiv 2310.04292): graph convolution, 768 wide.</source>
        <translation>Das Netz hinter den LargeMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graphfaltung, 768 breit.</translation>
    </message>
    <message>
        <source>The network behind the LargeMix results of the paper (arXiv 2310.04292): graph isomorphism network, 768 wide.</source>
        <translation>Das Netz hinter den LargeMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz, 768 breit.</translation>
    </message>
    <message>
        <source>The network behind the LargeMix results of the paper (arXiv 2310.04292): graph isomorphism network with edges, 704 wide.</source>
        <translation>Das Netz hinter den LargeMix-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz mit Kanten, 704 breit.</translation>
    </message>
    <message>
        <source>Graph convolution, 768 wide, with two-layer networks behind it: the later settings of the published library.</source>
        <translation>Graphfaltung, 768 breit, mit zweischichtigen Netzen dahinter: die späteren Einstellungen der veröffentlichten Bibliothek.</translation>
    </message>
    <message>
        <source>Graph isomorphism network, 768 wide, with two-layer networks behind it: the later settings of the published library.</source>
        <translation>Graph-Isomorphie-Netz, 768 breit, mit zweischichtigen Netzen dahinter: die späteren Einstellungen der veröffentlichten Bibliothek.</translation>
    </message>
    <message>
        <source>Graph isomorphism network with edges, 512 wide, with two-layer networks behind it: the later settings of the published library.</source>
        <translation>Graph-Isomorphie-Netz mit Kanten, 512 breit, mit zweischichtigen Netzen dahinter: die späteren Einstellungen der veröffentlichten Bibliothek.</translation>
    </message>
    <message>
        <source>Graph isomorphism network with edges. About 10 million parameters with the LargeMix tasks, as in the published comparison at equal size.</source>
        <translation>Graph-Isomorphie-Netz mit Kanten. Rund 10 Millionen Parameter bei den LargeMix-Aufgaben, wie im veröffentlichten Vergleich bei gleicher Größe.</translation>
    </message>
    <message>
        <source>Gated graph convolution. About 10 million parameters with the LargeMix tasks, as in the published comparison at equal size.</source>
        <translation>Graphfaltung mit Toren. Rund 10 Millionen Parameter bei den LargeMix-Aufgaben, wie im veröffentlichten Vergleich bei gleicher Größe.</translation>
    </message>
    <message>
        <source>Message passing of GPS++. About 10 million parameters with the LargeMix tasks, as in the published comparison at equal size.</source>
        <translation>Message Passing von GPS++. Rund 10 Millionen Parameter bei den LargeMix-Aufgaben, wie im veröffentlichten Vergleich bei gleicher Größe.</translation>
    </message>
    <message>
        <source>The network behind the UltraLarge results of the paper (arXiv 2310.04292): graph convolution, 768 wide.</source>
        <translation>Das Netz hinter den UltraLarge-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graphfaltung, 768 breit.</translation>
    </message>
    <message>
        <source>The network behind the UltraLarge results of the paper (arXiv 2310.04292): graph isomorphism network, 768 wide.</source>
        <translation>Das Netz hinter den UltraLarge-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz, 768 breit.</translation>
    </message>
    <message>
        <source>The network behind the UltraLarge results of the paper (arXiv 2310.04292): graph isomorphism network with edges, 768 wide.</source>
        <translation>Das Netz hinter den UltraLarge-Ergebnissen der Veröffentlichung (arXiv 2310.04292): Graph-Isomorphie-Netz mit Kanten, 768 breit.</translation>
    </message>
    <message>
        <source>Message passing beside attention over all atoms, which 3D distances bias (arXiv 2212.02229). Needs embedded conformers; large and slow.</source>
        <translation>Message Passing neben Attention über alle Atome, auf die 3D-Abstände einwirken (arXiv 2212.02229). Braucht eingebettete Konformere; groß und langsam.</translation>
    </message>
    <message>
        <source>The architecture of the published foundation model MiniMol (arXiv 2404.14986), untrained: 16 layers of GINE with a virtual node.</source>
        <translation>Die Architektur des veröffentlichten Grundmodells MiniMol (arXiv 2404.14986), untrainiert: 16 Schichten GINE mit virtuellem Knoten.</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
    <message>
        <source>reading molecules</source>
        <translation>Moleküle werden gelesen</translation>
    </message>
    <message>
        <source>reading labels</source>
        <translation>Labels werden gelesen</translation>
    </message>
    <message>
        <source>reading inputs</source>
        <translation>Eingaben werden gelesen</translation>
    </message>
    <message>
        <source>reading the model</source>
        <translation>Das Modell wird gelesen</translation>
    </message>
    <message>
        <source>computing fingerprints</source>
        <translation>Fingerabdrücke werden berechnet</translation>
    </message>
    <message>
        <source>comparing fingerprints</source>
        <translation>Fingerabdrücke werden verglichen</translation>
    </message>
    <message>
        <source>comparing without stereo</source>
        <translation>Strukturen ohne Stereochemie werden verglichen</translation>
    </message>
    <message>
        <source>comparing tasks</source>
        <translation>Aufgaben werden verglichen</translation>
    </message>
    <message>
        <source>comparing tasks and drawing the coverage</source>
        <translation>Aufgaben werden verglichen, die Abdeckung wird gezeichnet</translation>
    </message>
    <message>
        <source>drawing the coverage</source>
        <translation>Die Abdeckung wird gezeichnet</translation>
    </message>
    <message>
        <source>finding scaffolds</source>
        <translation>Gerüste werden bestimmt</translation>
    </message>
    <message>
        <source>clustering</source>
        <translation>Cluster werden gebildet</translation>
    </message>
    <message>
        <source>indexing molecules</source>
        <translation>Moleküle werden indiziert</translation>
    </message>
    <message>
        <source>searching a substructure</source>
        <translation>Die Teilstruktur wird gesucht</translation>
    </message>
    <message>
        <source>predicting</source>
        <translation>Vorhersagen werden berechnet</translation>
    </message>
    <message>
        <source>predicting reference molecules</source>
        <translation>Referenzmoleküle werden vorhergesagt</translation>
    </message>
    <message>
        <source>importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>looking at %1</source>
        <translation>%1 wird angesehen</translation>
    </message>
    <message>
        <source>%1 molecules are in different parts for different datasets; test goes before validation before training, so that none is on two sides.</source>
        <translation>%1 Moleküle sind bei verschiedenen Datensätzen in verschiedenen Teilen; Test geht vor Validierung vor Training, damit keines auf zwei Seiten steht.</translation>
    </message>
    <message>
        <source>%1 molecules with labels are in no part of split %2 and take no part.</source>
        <translation>%1 Moleküle mit Labels sind in keinem Teil von Teilung %2 und nehmen nicht teil.</translation>
    </message>
    <message>
        <source>Dataset %1: %2 rows of the split were rejected at import.</source>
        <translation>Datensatz %1: %2 Zeilen der Teilung wurden beim Import verworfen.</translation>
    </message>
    <message>
        <source>Dataset %1: %2 rows are in another part than an earlier row of the same molecule, which decides.</source>
        <translation>Datensatz %1: %2 Zeilen sind in einem anderen Teil als eine frühere Zeile desselben Moleküls, die entscheidet.</translation>
    </message>
    <message>
        <source>No names are indexed: no dataset of this project has a column of names or ids, or it was imported by an older version. Importing it again indexes them.</source>
        <translation>Es sind keine Namen verzeichnet: Kein Datensatz dieses Projekts hat eine Spalte mit Namen oder Kennungen, oder er stammt aus einer älteren Version. Ein neuer Import verzeichnet sie.</translation>
    </message>
    <message>
        <source>task %1 has one value only in the training part</source>
        <translation>Aufgabe %1 hat im Trainingsteil nur einen Wert</translation>
    </message>
    <message>
        <source>task %1 has no label in the training part</source>
        <translation>Aufgabe %1 hat im Trainingsteil kein Label</translation>
    </message>
    <message>
        <source>numbers in %1 rows</source>
        <translation>Zahlen in %1 Zeilen</translation>
    </message>
    <message>
        <source>numbers in %1 row</source>
        <translation>Zahlen in %1 Zeile</translation>
    </message>
    <message>
        <source>only %1 and %2 in %3 rows</source>
        <translation>nur %1 und %2 in %3 Zeilen</translation>
    </message>
    <message>
        <source>only %1 and %2 in %3 row</source>
        <translation>nur %1 und %2 in %3 Zeile</translation>
    </message>
    <message>
        <source>only true and false in %1 rows</source>
        <translation>nur wahr und falsch in %1 Zeilen</translation>
    </message>
    <message>
        <source>lists, one value an atom in %1 rows</source>
        <translation>Listen, ein Wert je Atom in %1 Zeilen</translation>
    </message>
    <message>
        <source>lists, values of the bonds in %1 rows</source>
        <translation>Listen, Werte der Bindungen in %1 Zeilen</translation>
    </message>
    <message>
        <source>lists, values of pairs of atoms in %1 rows</source>
        <translation>Listen, Werte der Atompaare in %1 Zeilen</translation>
    </message>
    <message>
        <source>numbers with a decimal comma (%1), which are not read unless you say so</source>
        <translation>Zahlen mit Dezimalkomma (%1), die nur auf Wunsch gelesen werden</translation>
    </message>
    <message>
        <source>text (%1)</source>
        <translation>Text (%1)</translation>
    </message>
    <message>
        <source>an identifier by its name</source>
        <translation>dem Namen nach eine Kennung</translation>
    </message>
    <message>
        <source>whole numbers without a column name</source>
        <translation>ganze Zahlen ohne Spaltennamen</translation>
    </message>
    <message>
        <source>counts the rows</source>
        <translation>zählt die Zeilen</translation>
    </message>
    <message>
        <source>whole numbers that only grow</source>
        <translation>ganze Zahlen, die nur wachsen</translation>
    </message>
    <message>
        <source>says which part of a split a row is in</source>
        <translation>sagt, in welchem Teil einer Teilung eine Zeile ist</translation>
    </message>
    <message>
        <source>a year by its name</source>
        <translation>dem Namen nach ein Jahr</translation>
    </message>
    <message>
        <source>said by you</source>
        <translation>von Ihnen bestimmt</translation>
    </message>
    <message>
        <source>matches none of the label patterns</source>
        <translation>passt auf keines der Muster für Labels</translation>
    </message>
    <message>
        <source>the mol blocks, not used</source>
        <translation>die Molblöcke, nicht verwendet</translation>
    </message>
    <message>
        <source>numbers the results</source>
        <translation>nummeriert die Ergebnisse</translation>
    </message>
    <message>
        <source>the same in all rows asked for</source>
        <translation>in allen gewünschten Zeilen gleich</translation>
    </message>
    <message>
        <source>empty in %1 rows</source>
        <translation>leer in %1 Zeilen</translation>
    </message>
    <message>
        <source>lists that have neither one value an atom, nor one a bond, nor one a pair of atoms</source>
        <translation>Listen mit weder einem Wert je Atom noch je Bindung noch je Atompaar</translation>
    </message>
    <message>
        <source>name contains %1, %2 of the first %3 cells are molecules</source>
        <translation>Name enthält %1, %2 der ersten %3 Zellen sind Moleküle</translation>
    </message>
    <message>
        <source>called %1, %2 of the first %3 cells are molecules</source>
        <translation>heißt %1, %2 der ersten %3 Zellen sind Moleküle</translation>
    </message>
    <message>
        <source>%1 of the first %2 cells are molecules</source>
        <translation>%1 der ersten %2 Zellen sind Moleküle</translation>
    </message>
    <message>
        <source>GINE, small</source>
        <translation>GINE, klein</translation>
    </message>
    <message>
        <source>GPS, small</source>
        <translation>GPS, klein</translation>
    </message>
    <message>
        <source>MPNN++, small</source>
        <translation>MPNN++, klein</translation>
    </message>
    <message>
        <source>GCN, ToyMix, baseline of the paper</source>
        <translation>GCN, ToyMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GIN, ToyMix, baseline of the paper</source>
        <translation>GIN, ToyMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GINE, ToyMix, baseline of the paper</source>
        <translation>GINE, ToyMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GCN, LargeMix, baseline of the paper</source>
        <translation>GCN, LargeMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GIN, LargeMix, baseline of the paper</source>
        <translation>GIN, LargeMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GINE, LargeMix, baseline of the paper</source>
        <translation>GINE, LargeMix, Vergleichsnetz der Veröffentlichung</translation>
    </message>
    <message>
        <source>GINE, LargeMix, 10 million</source>
        <translation>GINE, LargeMix, 10 Millionen</translation>
    </message>
    <message>
        <source>GatedGCN, LargeMix, 10 million</source>
        <translation>GatedGCN, LargeMix, 10 Millionen</translation>
    </message>
    <message>
        <source>MPNN++, LargeMix, 10 million</source>
        <translation>MPNN++, LargeMix, 10 Millionen</translation>
    </message>
    <message>
        <source>GCN, ToyMix, with the published library&apos;s faults</source>
        <translation>GCN, ToyMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GIN, ToyMix, with the published library&apos;s faults</source>
        <translation>GIN, ToyMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, ToyMix, with the published library&apos;s faults</source>
        <translation>GINE, ToyMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GatedGCN, ToyMix, with the published library&apos;s faults</source>
        <translation>GatedGCN, ToyMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>MPNN++, ToyMix, with the published library&apos;s faults</source>
        <translation>MPNN++, ToyMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GCN, ToyMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GCN, ToyMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GIN, ToyMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GIN, ToyMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, ToyMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GINE, ToyMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GCN, LargeMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GCN, LargeMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GIN, LargeMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GIN, LargeMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, LargeMix, baseline of the paper, with the published library&apos;s faults</source>
        <translation>GINE, LargeMix, Vergleichsnetz der Veröffentlichung, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GCN, LargeMix, with the published library&apos;s faults</source>
        <translation>GCN, LargeMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GIN, LargeMix, with the published library&apos;s faults</source>
        <translation>GIN, LargeMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, LargeMix, with the published library&apos;s faults</source>
        <translation>GINE, LargeMix, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, LargeMix, 10 million, with the published library&apos;s faults</source>
        <translation>GINE, LargeMix, 10 Millionen, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GatedGCN, LargeMix, 10 million, with the published library&apos;s faults</source>
        <translation>GatedGCN, LargeMix, 10 Millionen, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>MPNN++, LargeMix, 10 million, with the published library&apos;s faults</source>
        <translation>MPNN++, LargeMix, 10 Millionen, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GCN, UltraLarge, with the published library&apos;s faults</source>
        <translation>GCN, UltraLarge, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GIN, UltraLarge, with the published library&apos;s faults</source>
        <translation>GIN, UltraLarge, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GINE, UltraLarge, with the published library&apos;s faults</source>
        <translation>GINE, UltraLarge, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>GPS++, PCQM4Mv2, with the published library&apos;s faults</source>
        <translation>GPS++, PCQM4Mv2, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>MiniMol, with the published library&apos;s faults</source>
        <translation>MiniMol, mit den Fehlern der veröffentlichten Bibliothek</translation>
    </message>
    <message>
        <source>Which datasets: a pattern with * and ?, upper or lower case.</source>
        <translation>Welche Datensätze: ein Muster mit * und ?, groß oder klein geschrieben.</translation>
    </message>
    <message>
        <source>What differs for their heads: keys of heads.mlp, and &quot;loss&quot;.</source>
        <translation>Was bei ihren Köpfen anders ist: Schlüssel von heads.mlp und &quot;loss&quot;.</translation>
    </message>
    <message>
        <source>Perhaps a charge is missing.</source>
        <translation>Vielleicht fehlt eine Ladung.</translation>
    </message>
    <message>
        <source>An aromatic nitrogen may lack its hydrogen: write [nH].</source>
        <translation>Einem aromatischen Stickstoff fehlt vielleicht sein Wasserstoff: [nH] schreiben.</translation>
    </message>
    <message>
        <source>Remove it to use the SMILES alone.</source>
        <translation>Ohne ihn wird das SMILES allein verwendet.</translation>
    </message>
    <message>
        <source>atom %1, %2: valence %3 is greater than permitted (atoms counted from %4).</source>
        <translation>Atom %1, %2: Die Valenz %3 ist größer als erlaubt (Atome ab %4 gezählt).</translation>
    </message>
    <message>
        <source>atom %1, %2: marked as aromatic outside a ring (atoms counted from %3).</source>
        <translation>Atom %1, %2: außerhalb eines Rings als aromatisch gekennzeichnet (Atome ab %3 gezählt).</translation>
    </message>
    <message>
        <source>aromatic atoms %1 cannot be given alternating single and double bonds (atoms counted from %2).</source>
        <translation>Den aromatischen Atomen %1 lassen sich keine abwechselnden Einfach- und Doppelbindungen geben (Atome ab %2 gezählt).</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 is no printable ASCII character.</source>
        <translation>kein SMILES: Zeichen %1 ist kein druckbares ASCII-Zeichen.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) is no atom that may stand without brackets.</source>
        <translation>kein SMILES: Zeichen %1 (%2) ist kein Atom, das ohne Klammern stehen darf.</translation>
    </message>
    <message>
        <source>not a SMILES: the bracket opened at character %1 is never closed.</source>
        <translation>kein SMILES: Die Klammer, die bei Zeichen %1 beginnt, wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>not a SMILES: %1 at character %2 names no element.</source>
        <translation>kein SMILES: %1 bei Zeichen %2 nennt kein Element.</translation>
    </message>
    <message>
        <source>not a SMILES: %1 at character %2: there is no element %3.</source>
        <translation>kein SMILES: %1 bei Zeichen %2: Es gibt kein Element %3.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) cannot stand in the brackets of %3.</source>
        <translation>kein SMILES: Zeichen %1 (%2) kann nicht in den Klammern von %3 stehen.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) belongs to a reaction, but one molecule is expected.</source>
        <translation>kein SMILES: Zeichen %1 (%2) gehört zu einer Reaktion, erwartet wird ein Molekül.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) is a second bond symbol in a row.</source>
        <translation>kein SMILES: Zeichen %1 (%2) ist ein zweites Bindungszeichen in Folge.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) has no atom before it.</source>
        <translation>kein SMILES: Vor Zeichen %1 (%2) steht kein Atom.</translation>
    </message>
    <message>
        <source>not a SMILES: the branch opened at character %1 has no atom before it.</source>
        <translation>kein SMILES: Vor dem Zweig, der bei Zeichen %1 beginnt, steht kein Atom.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) stands before a branch; its place is inside.</source>
        <translation>kein SMILES: Zeichen %1 (%2) steht vor einem Zweig und gehört hinein.</translation>
    </message>
    <message>
        <source>not a SMILES: the branch at character %1 is empty.</source>
        <translation>kein SMILES: Der Zweig bei Zeichen %1 ist leer.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) closes a branch that was never opened.</source>
        <translation>kein SMILES: Zeichen %1 (%2) schließt einen Zweig, der nie begonnen hat.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) leads to no atom.</source>
        <translation>kein SMILES: Zeichen %1 (%2) führt zu keinem Atom.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) begins a ring bond with an unfinished number.</source>
        <translation>kein SMILES: Zeichen %1 (%2) beginnt eine Ringbindung mit unvollständiger Nummer.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) needs two digits behind it.</source>
        <translation>kein SMILES: Hinter Zeichen %1 (%2) müssen zwei Ziffern stehen.</translation>
    </message>
    <message>
        <source>not a SMILES: character %1 (%2) opens a ring bond without an atom before it.</source>
        <translation>kein SMILES: Zeichen %1 (%2) beginnt eine Ringbindung, vor der kein Atom steht.</translation>
    </message>
    <message>
        <source>not a SMILES: ring bond %1 at character %2 bonds an atom to itself.</source>
        <translation>kein SMILES: Ringbindung %1 bei Zeichen %2 verbindet ein Atom mit sich selbst.</translation>
    </message>
    <message>
        <source>not a SMILES: the branch opened at character %1 is never closed.</source>
        <translation>kein SMILES: Der Zweig, der bei Zeichen %1 beginnt, wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>not a SMILES: ring bond %1, opened at character %2, is never closed.</source>
        <translation>kein SMILES: Ringbindung %1, bei Zeichen %2 begonnen, wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>molecules</source>
        <translation>Moleküle</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>paused in epoch %1</source>
        <translation>angehalten in Epoche %1</translation>
    </message>
    <message>
        <source>stopped by a person</source>
        <translation>von Hand gestoppt</translation>
    </message>
    <message>
        <source>stopped early: no better validation loss for %1 epochs</source>
        <translation>früh beendet: seit %1 Epochen kein besserer Validierungsverlust</translation>
    </message>
    <message>
        <source>and %1 more tasks</source>
        <translation>und %1 weitere Aufgaben</translation>
    </message>
    <message>
        <source>empty in %1 row</source>
        <translation>leer in %1 Zeile</translation>
    </message>
    <message>
        <source>only true and false in %1 row</source>
        <translation>nur wahr und falsch in %1 Zeile</translation>
    </message>
    <message>
        <source>lists, one value an atom in %1 row</source>
        <translation>Listen, ein Wert je Atom in %1 Zeile</translation>
    </message>
    <message>
        <source>lists, values of the bonds in %1 row</source>
        <translation>Listen, Werte der Bindungen in %1 Zeile</translation>
    </message>
    <message>
        <source>lists, values of pairs of atoms in %1 row</source>
        <translation>Listen, Werte der Atompaare in %1 Zeile</translation>
    </message>
    <message>
        <source>only true and false, one value an atom in %1 rows</source>
        <translation>nur wahr und falsch, ein Wert je Atom in %1 Zeilen</translation>
    </message>
    <message>
        <source>only %1 and %2, one value an atom in %3 rows</source>
        <translation>nur %1 und %2, ein Wert je Atom in %3 Zeilen</translation>
    </message>
    <message>
        <source>only %1 and %2, values of the bonds in %3 rows</source>
        <translation>nur %1 und %2, Werte der Bindungen in %3 Zeilen</translation>
    </message>
    <message>
        <source>name contains %1, but %2 of the first %3 cells are molecules</source>
        <translation>Name enthält %1, aber %2 der ersten %3 Zellen sind Moleküle</translation>
    </message>
    <message>
        <source>Structures: column %1 (name contains %2, %3 of the first %4 cells are molecules).</source>
        <translation>Strukturen: Spalte %1 (Name enthält %2, %3 der ersten %4 Zellen sind Moleküle).</translation>
    </message>
    <message>
        <source>Labels: %1.</source>
        <translation>Labels: %1.</translation>
    </message>
    <message>
        <source>Labels: %1 and %2 more.</source>
        <translation>Labels: %1 und %2 weitere.</translation>
    </message>
    <message>
        <source>Not labels: %1 (an identifier by its name).</source>
        <translation>Keine Labels: %1 (dem Namen nach eine Kennung).</translation>
    </message>
    <message>
        <source>%1 of %2 merged rows have labels that differ from those kept.</source>
        <translation>%1 von %2 vereinten Zeilen haben andere Labels als die behaltenen.</translation>
    </message>
    <message>
        <source>There is no project %1.</source>
        <translation>Es gibt kein Projekt %1.</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>Namen und Ordner prüfen.</translation>
    </message>
    <message>
        <source>%1 is a folder, not a project.</source>
        <translation>%1 ist ein Ordner, kein Projekt.</translation>
    </message>
    <message>
        <source>Choose a *.papilio file in it.</source>
        <translation>Eine Datei *.papilio darin wählen.</translation>
    </message>
    <message>
        <source>%1 is not an ordinary file.</source>
        <translation>%1 ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>Choose a *.papilio file.</source>
        <translation>Eine Datei *.papilio wählen.</translation>
    </message>
    <message>
        <source>The project %1 is an empty file.</source>
        <translation>Das Projekt %1 ist eine leere Datei.</translation>
    </message>
    <message>
        <source>Delete it and create the project again, or go back to a copy.</source>
        <translation>Die Datei löschen und das Projekt neu anlegen, oder zu einer Kopie zurückgehen.</translation>
    </message>
    <message>
        <source>%1 is not a Papilio project.</source>
        <translation>%1 ist kein Papilio-Projekt.</translation>
    </message>
    <message>
        <source>Choose a *.papilio file; tables of molecules are imported into one.</source>
        <translation>Eine Datei *.papilio wählen; Tabellen mit Molekülen werden in eine importiert.</translation>
    </message>
    <message>
        <source>The project %1 is cut off: %2 of %3 bytes are there.</source>
        <translation>Das Projekt %1 ist abgeschnitten: %2 von %3 Bytes sind da.</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>Noch einmal kopieren oder herunterladen.</translation>
    </message>
    <message>
        <source>%1 is an SQLite database of another program, not a Papilio project.</source>
        <translation>%1 ist eine SQLite-Datenbank eines anderen Programms, kein Papilio-Projekt.</translation>
    </message>
    <message>
        <source>Update Papilio to open it.</source>
        <translation>Zum Öffnen Papilio aktualisieren.</translation>
    </message>
    <message>
        <source>Go back to a copy of it.</source>
        <translation>Zu einer Kopie zurückgehen.</translation>
    </message>
    <message>
        <source>The project %1 has no format version.</source>
        <translation>Das Projekt %1 hat keine Formatversion.</translation>
    </message>
    <message>
        <source>The project %1 or its folder cannot be written.</source>
        <translation>Das Projekt %1 oder sein Ordner ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>Copy the project to a folder you may write to.</source>
        <translation>Das Projekt in einen beschreibbaren Ordner kopieren.</translation>
    </message>
    <message>
        <source>%1 is not a file name.</source>
        <translation>%1 ist kein Dateiname.</translation>
    </message>
    <message>
        <source>Name a *.papilio file.</source>
        <translation>Eine Datei *.papilio nennen.</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>The project has a dataset %1 already.</source>
        <translation>Das Projekt hat schon einen Datensatz %1.</translation>
    </message>
    <message>
        <source>Column %1 of %2 is %3 in no row.</source>
        <translation>In keiner Zeile von %2 steht %3 in Spalte %1.</translation>
    </message>
    <message>
        <source>Choose another name, or open it.</source>
        <translation>Einen anderen Namen wählen oder die Datei öffnen.</translation>
    </message>
    <message>
        <source>The folder of the project %1 does not exist.</source>
        <translation>Den Ordner des Projekts %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Create the folder first, or choose another.</source>
        <translation>Erst den Ordner anlegen oder einen anderen wählen.</translation>
    </message>
    <message>
        <source>Choose a folder you may write to.</source>
        <translation>Einen beschreibbaren Ordner wählen.</translation>
    </message>
    <message>
        <source>Check the path; its folder must exist.</source>
        <translation>Den Pfad prüfen; sein Ordner muss da sein.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Platz schaffen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Wait until that is finished, or stop it, and try again.</source>
        <translation>Warten, bis das fertig ist, oder es stoppen, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Die Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>the row is longer than 16 MiB</source>
        <translation>die Zeile ist länger als 16 MiB</translation>
    </message>
    <message>
        <source>the record is longer than 16 MiB</source>
        <translation>der Eintrag ist länger als 16 MiB</translation>
    </message>
    <message>
        <source>the record is empty</source>
        <translation>der Eintrag ist leer</translation>
    </message>
    <message>
        <source>there are zero bytes in this row</source>
        <translation>in dieser Zeile stehen Nullbytes</translation>
    </message>
    <message>
        <source>the file ends within this record</source>
        <translation>die Datei endet mitten in diesem Eintrag</translation>
    </message>
    <message>
        <source>the file ends within this row: %1 cell, the header has %2</source>
        <translation>die Datei endet mitten in dieser Zeile: %1 Zelle, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>the file ends within this row: %1 cells, the header has %2</source>
        <translation>die Datei endet mitten in dieser Zeile: %1 Zellen, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>%1 cell, the header has %2</source>
        <translation>%1 Zelle, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>%1 cells, the header has %2</source>
        <translation>%1 Zellen, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>the missing ones are taken as empty</source>
        <translation>die fehlenden gelten als leer</translation>
    </message>
    <message>
        <source>the empty ones at the end are left out</source>
        <translation>die leeren am Ende sind ausgelassen</translation>
    </message>
    <message>
        <source>a quote is opened and not closed</source>
        <translation>ein Anführungszeichen wird nicht geschlossen</translation>
    </message>
    <message>
        <source>a quote is closed in a later line only; with that there would be %1 cell, the header has %2</source>
        <translation>ein Anführungszeichen wird erst in einer späteren Zeile geschlossen; damit wären es %1 Zelle, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>a quote is closed in a later line only; with that there would be %1 cells, the header has %2</source>
        <translation>ein Anführungszeichen wird erst in einer späteren Zeile geschlossen; damit wären es %1 Zellen, die Kopfzeile hat %2</translation>
    </message>
    <message>
        <source>%1: a row that describes the columns, no molecule</source>
        <translation>%1: eine Zeile, die die Spalten beschreibt, kein Molekül</translation>
    </message>
    <message>
        <source>left out as asked: %1 is empty</source>
        <translation>wie gewünscht ausgelassen: %1 ist leer</translation>
    </message>
    <message>
        <source>left out as asked: %1 is %2</source>
        <translation>wie gewünscht ausgelassen: %1 ist %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is none of the classes, not used</source>
        <translation>%1: &apos;%2&apos; ist keine der Klassen, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is neither 0 nor 1, not used</source>
        <translation>%1: &apos;%2&apos; ist weder 0 noch 1, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no number, not used</source>
        <translation>%1: &apos;%2&apos; ist keine Zahl, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is no list of numbers, not used</source>
        <translation>%1: &apos;%2&apos; ist keine Liste von Zahlen, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is not in %3, not used</source>
        <translation>%1: &apos;%2&apos; ist nicht in %3, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; has no unit, not in %3: not used</source>
        <translation>%1: &apos;%2&apos; hat keine Einheit, ist nicht in %3: nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is in %3, the others have none: not used</source>
        <translation>%1: &apos;%2&apos; ist in %3, die anderen haben keine Einheit: nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is in %3, not in %4: not used</source>
        <translation>%1: &apos;%2&apos; ist in %3, nicht in %4: nicht verwendet</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is a bound, no number: left out</source>
        <translation>%1: &apos;%2&apos; ist eine Grenze, keine Zahl: ausgelassen</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is a bound, no number</source>
        <translation>%1: &apos;%2&apos; ist eine Grenze, keine Zahl</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; read as %3</source>
        <translation>%1: &apos;%2&apos; als %3 gelesen</translation>
    </message>
    <message>
        <source>%1: %2 values for %3 heavy atoms, not used</source>
        <translation>%1: %2 Werte für %3 schwere Atome, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: %2 values for %3 directed bonds, not used</source>
        <translation>%1: %2 Werte für %3 gerichtete Bindungen, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: %2 values for %3 pairs of atoms, not used</source>
        <translation>%1: %2 Werte für %3 Atompaare, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: %2 pair differs by direction, the mean is taken</source>
        <translation>%1: %2 Paar unterscheidet sich je nach Richtung, der Mittelwert gilt</translation>
    </message>
    <message>
        <source>%1: %2 pairs differ by direction, the mean is taken</source>
        <translation>%1: %2 Paare unterscheiden sich je nach Richtung, der Mittelwert gilt</translation>
    </message>
    <message>
        <source>%1: the structure that tells the order cannot be read, not used</source>
        <translation>%1: Die Struktur, die die Reihenfolge sagt, ist nicht lesbar, nicht verwendet</translation>
    </message>
    <message>
        <source>%1: the structure that tells the order is another molecule, not used</source>
        <translation>%1: Die Struktur, die die Reihenfolge sagt, ist ein anderes Molekül, nicht verwendet</translation>
    </message>
    <message>
        <source>same molecule as row %1</source>
        <translation>dasselbe Molekül wie Zeile %1</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 label added</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Label ergänzt</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 label added, %3 label differs (%4)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Label ergänzt, %3 Label weicht ab (%4)</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 label added, %3 labels differ (%4)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Label ergänzt, %3 Labels weichen ab (%4)</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 labels added</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Labels ergänzt</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 labels added, %3 label differs (%4)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Labels ergänzt, %3 Label weicht ab (%4)</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 labels added, %3 labels differ (%4)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Labels ergänzt, %3 Labels weichen ab (%4)</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 label differs (%3)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Label weicht ab (%3)</translation>
    </message>
    <message>
        <source>same molecule as row %1, %2 labels differ (%3)</source>
        <translation>dasselbe Molekül wie Zeile %1, %2 Labels weichen ab (%3)</translation>
    </message>
    <message>
        <source>the earlier value stays</source>
        <translation>der frühere Wert bleibt</translation>
    </message>
    <message>
        <source>each row keeps its own</source>
        <translation>jede Zeile behält den eigenen</translation>
    </message>
    <message>
        <source>combined by mean</source>
        <translation>zum Mittelwert verrechnet</translation>
    </message>
    <message>
        <source>combined by median</source>
        <translation>zum Median verrechnet</translation>
    </message>
    <message>
        <source>combined by majority</source>
        <translation>nach Mehrheit verrechnet</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>stripped %1</source>
        <translation>entfernt: %1</translation>
    </message>
    <message>
        <source>stripped %1 and %2 more</source>
        <translation>entfernt: %1 und %2 weitere</translation>
    </message>
    <message>
        <source>charges neutralised</source>
        <translation>Ladungen neutralisiert</translation>
    </message>
    <message>
        <source>canonical tautomer taken</source>
        <translation>kanonisches Tautomer genommen</translation>
    </message>
    <message>
        <source>stereochemistry dropped</source>
        <translation>Stereochemie weggelassen</translation>
    </message>
    <message>
        <source>tautomer kept: more than %1 heavy atoms</source>
        <translation>Tautomer belassen: mehr als %1 schwere Atome</translation>
    </message>
    <message>
        <source>not done, for it would give %1, which cannot be read: %2</source>
        <translation>unterblieben, denn es ergäbe %1, was nicht lesbar ist: %2</translation>
    </message>
    <message>
        <source>stripping salts</source>
        <translation>Salze entfernen</translation>
    </message>
    <message>
        <source>neutralising</source>
        <translation>Neutralisieren</translation>
    </message>
    <message>
        <source>taking the canonical tautomer</source>
        <translation>kanonisches Tautomer nehmen</translation>
    </message>
    <message>
        <source>dropping stereochemistry</source>
        <translation>Stereochemie weglassen</translation>
    </message>
    <message>
        <source>standardised to %1, which cannot be read: %2</source>
        <translation>standardisiert zu %1, was nicht lesbar ist: %2</translation>
    </message>
    <message>
        <source>standardised to %1, whose atoms cannot be followed</source>
        <translation>standardisiert zu %1, dessen Atome sich nicht zuordnen lassen</translation>
    </message>
    <message>
        <source>the structure cannot be standardised: %1</source>
        <translation>die Struktur lässt sich nicht standardisieren: %1</translation>
    </message>
    <message>
        <source>there is no structure in this row</source>
        <translation>in dieser Zeile steht keine Struktur</translation>
    </message>
    <message>
        <source>a SMILES of %1 characters; at most %2 are read</source>
        <translation>ein SMILES mit %1 Zeichen; gelesen werden höchstens %2</translation>
    </message>
    <message>
        <source>%1 heavy atoms; molecules of at most %2 are read</source>
        <translation>%1 schwere Atome; gelesen werden Moleküle mit höchstens %2</translation>
    </message>
    <message>
        <source>the structure has no atoms</source>
        <translation>die Struktur hat keine Atome</translation>
    </message>
    <message>
        <source>the structure cannot be computed: %1</source>
        <translation>die Struktur lässt sich nicht berechnen: %1</translation>
    </message>
    <message>
        <source>atom-map numbers removed</source>
        <translation>Nummern von Atomen (atom maps) entfernt</translation>
    </message>
    <message>
        <source>text behind the SMILES ignored</source>
        <translation>Text hinter dem SMILES nicht beachtet</translation>
    </message>
    <message>
        <source>the molecule has no atoms.</source>
        <translation>das Molekül hat keine Atome.</translation>
    </message>
    <message>
        <source>the molecule has %1 atoms; at most %2 heavy atoms are read.</source>
        <translation>das Molekül hat %1 Atome; gelesen werden höchstens %2 schwere Atome.</translation>
    </message>
    <message>
        <source>the molecule has %1 atoms without an element (*) in rings beside aromatic ones; at most %2 are read.</source>
        <translation>das Molekül hat %1 Atome ohne Element (*) in Ringen neben aromatischen; gelesen werden höchstens %2.</translation>
    </message>
    <message>
        <source>the SMILES is empty.</source>
        <translation>das SMILES ist leer.</translation>
    </message>
    <message>
        <source>the SMILES has %1 characters; at most %2 are read.</source>
        <translation>das SMILES hat %1 Zeichen; gelesen werden höchstens %2.</translation>
    </message>
    <message>
        <source>the SMILES has %1 ring-bond digits for %2 atoms; that is no molecule.</source>
        <translation>das SMILES hat %1 Ziffern für Ringe bei %2 Atomen; das ist kein Molekül.</translation>
    </message>
    <message>
        <source>the CXSMILES part between the bars | | cannot be read.</source>
        <translation>der CXSMILES-Teil zwischen den Strichen | | ist nicht lesbar.</translation>
    </message>
    <message>
        <source>atom %1 is a list or a query, not one element (atoms counted from %2).</source>
        <translation>Atom %1 ist eine Liste oder eine Suchanfrage, kein einzelnes Element (Atome ab %2 gezählt).</translation>
    </message>
    <message>
        <source>bond %1 is a query, not one kind of bond (bonds counted from %2).</source>
        <translation>Bindung %1 ist eine Suchanfrage, keine bestimmte Bindungsart (Bindungen ab %2 gezählt).</translation>
    </message>
    <message>
        <source>the InChI cannot be read: %1.</source>
        <translation>der InChI ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>it is none</source>
        <translation>es ist keiner</translation>
    </message>
    <message>
        <source>the mol block cannot be read.</source>
        <translation>der Mol-Block ist nicht lesbar.</translation>
    </message>
    <message>
        <source>the mol block cannot be read: %1.</source>
        <translation>der Mol-Block ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>not a SMILES that RDKit can read.</source>
        <translation>kein SMILES, das RDKit lesen kann.</translation>
    </message>
    <message>
        <source>not a SMILES that RDKit can read: %1.</source>
        <translation>kein SMILES, das RDKit lesen kann: %1.</translation>
    </message>
    <message>
        <source>RDKit cannot read the SMILES: %1.</source>
        <translation>RDKit kann das SMILES nicht lesen: %1.</translation>
    </message>
    <message>
        <source>RDKit refuses the molecule: %1.</source>
        <translation>RDKit lehnt das Molekül ab: %1.</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>ohne Angabe von Gründen</translation>
    </message>
    <message>
        <source>not a SMILES: %1 at character %2 has more than two %3.</source>
        <translation>kein SMILES: %1 bei Zeichen %2 hat mehr als zwei %3.</translation>
    </message>
    <message>
        <source>%1 of %2 rows (below %3 %) were rejected. The first one is row %4: %5</source>
        <translation>%1 von %2 Zeilen (unter %3 %) wurden verworfen. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3 %) were rejected. The first one is row %4: %5</source>
        <translation>%1 von %2 Zeilen (%3 %) wurden verworfen. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3 %) were rejected. Check that the right column was read. The first one is row %4: %5</source>
        <translation>%1 von %2 Zeilen (%3 %) wurden verworfen. Bitte prüfen, ob die richtige Spalte gelesen wurde. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>%1 of %2 rows asked for (below %3 %) were rejected. The first one is row %4: %5</source>
        <translation>%1 von %2 gewünschten Zeilen (unter %3 %) wurden verworfen. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>%1 of %2 rows asked for (%3 %) were rejected. The first one is row %4: %5</source>
        <translation>%1 von %2 gewünschten Zeilen (%3 %) wurden verworfen. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>%1 of %2 rows asked for (%3 %) were rejected. Check that the right column was read. The first one is row %4: %5</source>
        <translation>%1 von %2 gewünschten Zeilen (%3 %) wurden verworfen. Bitte prüfen, ob die richtige Spalte gelesen wurde. Die erste ist Zeile %4: %5</translation>
    </message>
    <message>
        <source>The only row of %1 was rejected. Row %2: %3.</source>
        <translation>Die einzige Zeile von %1 wurde verworfen. Zeile %2: %3.</translation>
    </message>
    <message>
        <source>The only row of %1 that was asked for was rejected. Row %2: %3.</source>
        <translation>Die einzige gewünschte Zeile von %1 wurde verworfen. Zeile %2: %3.</translation>
    </message>
    <message>
        <source>All %1 rows of %2 were rejected. Row %3: %4.</source>
        <translation>Alle %1 Zeilen von %2 wurden verworfen. Zeile %3: %4.</translation>
    </message>
    <message>
        <source>All %1 rows of %2 that were asked for were rejected. Row %3: %4.</source>
        <translation>Alle %1 gewünschten Zeilen von %2 wurden verworfen. Zeile %3: %4.</translation>
    </message>
    <message>
        <source>No dataset was made of it. Check that the right column is read: --smiles names it.</source>
        <translation>Es wurde kein Datensatz daraus. Bitte prüfen, ob die richtige Spalte als Struktur gelesen wird.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
</TS>
