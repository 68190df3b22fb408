/** FedProx's mu where a manifest names none: of the values that the paper tries, 0.001 to 1, one that hardly slows training (arXiv 1812.06127, 5). */
export const DEFAULT_PROXIMAL = 0.01
