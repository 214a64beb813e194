"""What LaTeX's commands look like as Unicode characters (unicode-math's own assignments)."""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Commands that only say how their argument looks.
LOOKS = _words(
    """
    text textbf textit textrm textsf texttt textsc textnormal emph underline mbox mathrm mathbf mathit mathsf mathtt
    mathcal mathscr mathfrak boldsymbol bm operatorname ensuremath
    """
)
# Commands that say nothing once the text is one line of plain characters.
SILENT = _words("left right big Big bigg Bigg displaystyle textstyle limits nolimits rm bf it")

SYMBOLS = _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    times × div ÷ pm ± mp ∓ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ wedge ∧ vee ∨ land ∧
    lor ∨ cap ∩ cup ∪ setminus ∖ le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ sim ∼
    simeq ≃ approx ≈ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ parallel ∥ perp ⊥
    prec ≺ succ ≻ lesssim ≲ gtrsim ≳ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
    Leftrightarrow ⇔ iff ⇔ implies ⇒ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶ hookrightarrow ↪ infty ∞ partial ∂
    nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ forall ∀ exists ∃ neg ¬ lnot ¬ emptyset ∅ varnothing ∅ angle ∠ degree ° ell ℓ
    hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ dagger † ddagger ‡ top ⊤ bot ⊥ vdash ⊢ models ⊨ langle ⟨ rangle ⟩ lfloor ⌊
    rfloor ⌋ lceil ⌈ rceil ⌉ vert | Vert ‖ lVert ‖ rVert ‖ lvert | rvert | ldots … dots … cdots ⋯ vdots ⋮ checkmark ✓
    log log ln ln exp exp sin sin cos cos tan tan tanh tanh max max min min sup sup inf inf lim lim argmax argmax
    argmin argmin det det dim dim ker ker Pr Pr deg deg gcd gcd bmod mod
    textasciitilde ~ textbackslash \\ textless < textgreater > ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı
    S § P ¶ copyright © pounds £ eg e.g. ie i.e. etc etc. % % & & # # $ $ _ _ { { } } | ‖
    """
) | {",": "\u2009", ";": "\u2009", ":": "\u2009", "!": "", " ": " ", "quad": " ", "qquad": " ", "\\": " ", "/": ""}

BLACKBOARD = _pairs("C ℂ E 𝔼 N ℕ P ℙ Q ℚ R ℝ Z ℤ")

# Combining characters, each behind the letter that it belongs to.
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip


SUPERSCRIPTS = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∗*′∘",
                        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ**′°",
                        strict=True))  # fmt: skip
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
