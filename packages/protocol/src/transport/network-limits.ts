/** Asks a member for the signed addresses of those that it is connected to; a change of the wire changes the number. */
export const PEERS_PROTOCOL = '/fednode/peers/1'
/** Members whose signed addresses one peers answer may carry: as many as a host may be connected to. */
export const MAX_PEER_RECORDS = 256
/** Bytes of one signed peer record. */
export const MAX_PEER_RECORD_BYTES = 4_096
/** Addresses of one peer that are tried; a record may name more. */
export const MAX_ADDRESSES_PER_PEER = 8
/** Relays through which one peer is tried; a record may name more. */
export const MAX_RELAYS_PER_PEER = 2
/** Relays that a host has heard of through addresses of members. */
export const MAX_KNOWN_RELAYS = 64
/** How often members without a gossip stream are looked for, in ms. */
export const REPAIR_INTERVAL_MS = 500
/** A connection that is younger is still being set up, in ms. */
export const MIN_REPAIR_AGE_MS = 1_000
/** Waits between two looks for neighbours, in ms: doubled from the first to the last. */
export const FIRST_NEIGHBOUR_PAUSE_MS = 1_000
export const LAST_NEIGHBOUR_PAUSE_MS = 30_000
/** A member that did not answer is not tried again before, in ms, unless nobody else is there. */
export const NEIGHBOUR_RETRY_MS = 60_000
/** How long a member that was only heard of may take to answer, in ms. */
export const NEIGHBOUR_DIAL_MS = 10_000
/** How often the connections to the relays are looked at, in ms. */
export const RELAY_CHECK_MS = 2_000
/** How long a start waits for a place at a relay, in ms. */
export const PLACE_WAIT_MS = 3_000
/** Connections that one relay takes altogether. */
export const RELAY_CONNECTIONS = 1_024
/** Carried connections of one peer, in either direction: every other member of a large federation. */
export const RELAYED_STREAMS_PER_PEER = 256
