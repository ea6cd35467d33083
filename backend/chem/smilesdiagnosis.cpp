// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/smilessyntax.h"

#include <GraphMol/PeriodicTable.h>

#include <map>

namespace papilio::chem
{

namespace
{

/// Walks over a SMILES by its published grammar and stops at the first fault. Used only after RDKit has refused the
/// text, to tell people what and where; it accepts more than RDKit does.
class Diagnosis
{
public:
    explicit Diagnosis(std::string_view smiles) : m_text(smiles) {}
    std::string run();

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return m_text[m_at]; }
    bool isDigitAt(std::size_t i) const { return i < m_text.size() && m_text[i] >= '0' && m_text[i] <= '9'; }
    std::string place(std::size_t at) const { return "character " + std::to_string(at + 1); }
    std::string quoted(std::size_t at) const { return place(at) + " ('" + m_text[at] + "')"; }

    std::string step();
    std::string bareAtom();
    std::string bracketAtom();
    std::string bracketInside(std::string_view inside, std::size_t start) const;
    std::string bondSymbol();
    std::string openBranch();
    std::string closeBranch();
    std::string ringBond();
    std::string ending() const;
    void atomDone();

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_haveAtom = false; ///< there is an atom to bond to
    std::size_t m_atoms = 0;
    std::optional<std::size_t> m_bond; ///< place of a bond symbol that waits for its second atom
    std::vector<std::size_t> m_branches;
    struct Ring {
        std::size_t at = 0;
        std::size_t atom = 0;
    };
    std::map<int, Ring> m_rings;
};

void Diagnosis::atomDone()
{
    m_haveAtom = true;
    m_bond.reset();
    ++m_atoms;
}

std::string Diagnosis::bareAtom()
{
    static constexpr std::string_view organic = "BCNOPSFIbcnops*";
    if (m_text.substr(m_at, 2) == "Cl" || m_text.substr(m_at, 2) == "Br") {
        m_at += 2;
        atomDone();
        return {};
    }
    if (organic.find(here()) == std::string_view::npos) {
        return quoted(m_at) + " is no atom that may stand without brackets.";
    }
    ++m_at;
    atomDone();
    return {};
}

std::string Diagnosis::bracketAtom()
{
    const std::size_t start = m_at;
    const std::size_t end = m_text.find(']', start);
    if (end == std::string_view::npos) {
        return "the bracket opened at " + place(start) + " is never closed.";
    }
    if (std::string fault = bracketInside(m_text.substr(start + 1, end - start - 1), start); !fault.empty()) {
        return fault;
    }
    m_at = end + 1;
    atomDone();
    return {};
}

std::string Diagnosis::bracketInside(std::string_view inside, std::size_t start) const
{
    const std::string whole = "'[" + std::string(inside) + "]' at " + place(start);
    std::size_t i = 0;
    while (i < inside.size() && inside[i] >= '0' && inside[i] <= '9') {
        ++i;
    }
    if (i == inside.size()) {
        return whole + " names no element.";
    }
    if (inside[i] != '*' && inside[i] != '#') {
        std::size_t length = 1;
        if (i + 1 < inside.size() && inside[i + 1] >= 'a' && inside[i + 1] <= 'z') {
            length = 2;
        }
        std::string symbol(inside.substr(i, length));
        static constexpr std::string_view aromatic[] = {"b", "c", "n", "o", "p", "s", "se", "as", "te", "si"};
        bool known = false;
        for (const std::string_view name : aromatic) {
            known = known || name == symbol;
        }
        for (int number = 1; number <= 118 && !known; ++number) {
            known = RDKit::PeriodicTable::getTable()->getElementSymbol(static_cast<unsigned>(number)) == symbol;
        }
        if (!known) {
            return whole + ": there is no element '" + symbol + "'.";
        }
        i += length;
    }
    static constexpr std::string_view rest = "@HTHALSPBOY0123456789+-:#()'";
    for (; i < inside.size(); ++i) {
        if (rest.find(inside[i]) == std::string_view::npos) {
            return quoted(start + 1 + i) + " cannot stand in the brackets of '[" + std::string(inside) + "]'.";
        }
    }
    if (inside.find("@@@") != std::string_view::npos) {
        return whole + " has more than two '@'.";
    }
    return {};
}

std::string Diagnosis::bondSymbol()
{
    if (here() == '>') {
        return quoted(m_at) + " belongs to a reaction, but one molecule is expected.";
    }
    if (here() != '.' && m_bond) {
        return quoted(m_at) + " is a second bond symbol in a row.";
    }
    if (!m_haveAtom) {
        return quoted(m_at) + " has no atom before it.";
    }
    if (here() == '.') {
        m_haveAtom = false;
    }
    m_bond = m_at;
    ++m_at;
    return {};
}

std::string Diagnosis::openBranch()
{
    if (!m_haveAtom) {
        return "the branch opened at " + place(m_at) + " has no atom before it.";
    }
    if (m_bond) {
        return quoted(*m_bond) + " stands before a branch; its place is inside.";
    }
    if (m_text.substr(m_at, 2) == "()") {
        return "the branch at " + place(m_at) + " is empty.";
    }
    m_branches.push_back(m_at);
    ++m_at;
    return {};
}

std::string Diagnosis::closeBranch()
{
    if (m_branches.empty()) {
        return quoted(m_at) + " closes a branch that was never opened.";
    }
    if (m_bond) {
        return quoted(*m_bond) + " leads to no atom.";
    }
    m_branches.pop_back();
    m_haveAtom = true;
    ++m_at;
    return {};
}

std::string Diagnosis::ringBond()
{
    const std::size_t start = m_at;
    int number = 0;
    if (here() == '%' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '(') {
        std::size_t i = m_at + 2;
        while (isDigitAt(i) && i < m_at + 7) {
            number = number * 10 + (m_text[i++] - '0');
        }
        if (i >= m_text.size() || m_text[i] != ')') {
            return quoted(start) + " begins a ring bond with an unfinished number.";
        }
        m_at = i + 1;
    } else if (here() == '%') {
        if (!isDigitAt(m_at + 1) || !isDigitAt(m_at + 2)) {
            return quoted(start) + " needs two digits behind it.";
        }
        number = (m_text[m_at + 1] - '0') * 10 + (m_text[m_at + 2] - '0');
        m_at += 3;
    } else {
        number = here() - '0';
        ++m_at;
    }
    if (!m_haveAtom) {
        return quoted(start) + " opens a ring bond without an atom before it.";
    }
    m_bond.reset();
    const auto open = m_rings.find(number);
    if (open == m_rings.end()) {
        m_rings.emplace(number, Ring{start, m_atoms});
    } else if (open->second.atom == m_atoms) {
        return "ring bond " + std::to_string(number) + " at " + place(start) + " bonds an atom to itself.";
    } else {
        m_rings.erase(open);
    }
    return {};
}

std::string Diagnosis::step()
{
    switch (here()) {
    case '[':
        return bracketAtom();
    case '(':
        return openBranch();
    case ')':
        return closeBranch();
    case '-':
        if (m_text.substr(m_at, 2) == "->") {
            ++m_at;
            m_bond.reset();
            return m_haveAtom ? (m_bond = m_at++, std::string()) : quoted(m_at) + " has no atom before it.";
        }
        return bondSymbol();
    case '<':
        if (m_text.substr(m_at, 2) == "<-") {
            ++m_at;
        }
        return bondSymbol();
    case '=':
    case '#':
    case '$':
    case ':':
    case '/':
    case '\\':
    case '~':
    case '.':
    case '>':
        return bondSymbol();
    case '%':
        return ringBond();
    default:
        return isDigitAt(m_at) ? ringBond() : bareAtom();
    }
}

std::string Diagnosis::ending() const
{
    if (!m_branches.empty()) {
        return "the branch opened at " + place(m_branches.back()) + " is never closed.";
    }
    if (m_bond) {
        return quoted(*m_bond) + " leads to no atom.";
    }
    if (!m_rings.empty()) {
        const auto& [number, ring] = *m_rings.begin();
        return "ring bond " + std::to_string(number) + ", opened at " + place(ring.at) + ", is never closed.";
    }
    return {};
}

std::string Diagnosis::run()
{
    while (!atEnd()) {
        if (std::string fault = step(); !fault.empty()) {
            return fault;
        }
    }
    return ending();
}

} // namespace

std::string diagnoseSmiles(std::string_view smiles)
{
    return Diagnosis(smiles).run();
}

} // namespace papilio::chem
