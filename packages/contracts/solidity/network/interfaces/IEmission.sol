// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A recipient of the emission and its part in bps.
struct Recipient {
    address to;
    uint16 bps;
}

/// @title EmissionController
/// @notice Mints the network's emission day by day. CONTRACTS.md 2.2, SEED-SYSTEMS.md 2.4.
interface IEmissionController {
    /// @param days_ minted by this call, `from` being the first. @param amounts one per recipient, in their order.
    event DaysEmitted(uint256 indexed from, uint256 days_, uint256 minted, uint256[] amounts);
    event RecipientsSet(Recipient[] recipients);
    event Collected(address indexed recipient, uint256 amount);

    /// @notice Mints days that are over and not minted yet, oldest first, at most `max` of them, and books them for the recipients.
    /// Anybody, any time; nothing to mint is not an error.
    function emitDays(uint256 max) external returns (uint256 minted);

    /// @notice Hands `recipient` what is booked for it; anybody may, so a contract counts by `emittedTo` and not by what it is handed.
    function collect(address recipient) external returns (uint256 amount);

    /// @notice Who gets the emission of days that are minted from now on: 1 to 8 recipients whose parts sum to 10,000; what rounding
    /// leaves goes to the last. Days that are over are minted for the present recipients first.
    function setRecipients(Recipient[] calldata recipients) external;

    /// @notice Emission of day `day`, counted from 0: wei.
    function emissionOn(uint256 day) external view returns (uint256);

    /// @notice Emission of the first `days_` days together.
    function emissionUntil(uint256 days_) external view returns (uint256);

    function recipients() external view returns (Recipient[] memory);
    /// @notice What `recipient` can collect, and all that was ever booked for it.
    function bookedFor(address recipient) external view returns (uint256);
    function emittedTo(address recipient) external view returns (uint256);
    function daysEmitted() external view returns (uint256);
    /// @notice When day 0 began (Unix seconds).
    function start() external view returns (uint40);
    function token() external view returns (address);
}

/// @title TaskEmission
/// @notice A recipient of the emission that splits it over tasks by their stake, once a day. SEED-SYSTEMS.md 2.3 a.
interface ITaskEmission {
    event TaskAdded(uint256 indexed task);
    event TaskRemoved(uint256 indexed task);
    /// @param carried wei that nobody's stake claimed: part of the next distribution.
    event Distributed(uint256[] tasks, uint256[] stakes, uint256[] amounts, uint256 carried);
    event TaskCollected(uint256 indexed task, uint256 amount);

    /// @notice `task` takes part in distributions. Governance, or the contract that created the task (AccessManager).
    function addTask(uint256 task) external;
    /// @notice `task` takes part no more; what it was given stays its own.
    function removeTask(uint256 task) external;

    /// @notice Splits what was emitted since the last distribution; at most once a day, by anybody. A task's stake counts as the less of
    /// its stake now and at the last distribution, so that nobody stakes for a moment.
    function distribute() external returns (uint256 amount);

    /// @notice Pays the caller what its task was given; only the contract in the task's number.
    function collect(uint256 task) external returns (uint256 amount);

    function tasks() external view returns (uint256[] memory);
    function owedTo(uint256 task) external view returns (uint256);
}
