// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ErrorsLib} from "../libraries/ErrorsLib.sol";
import {NetworkManaged} from "./NetworkManaged.sol";
import {ITopModels} from "./interfaces/ITopModels.sol";
import {ModelErrors} from "./libraries/ModelErrors.sol";

/// @title TopModels
/// @notice See ITopModels. It holds no money: the boost is taken from what the DAO earns, never from a Scenario, a buyer or an owner.
contract TopModels is NetworkManaged, ITopModels {
    /// @dev A list that one transaction can replace.
    uint256 private constant MAX_MODELS = 32;
    /// @dev At most half of the DAO's share: a list that was captured costs the treasury no more.
    uint256 private constant MAX_BOOST = 5_000;
    /// @dev A quarter of a year: who votes for a list has to do it again.
    uint40 private constant SEASON = 92 days;

    struct Place {
        uint32 season;
        uint16 boost;
    }

    mapping(bytes32 model => Place) private _places;
    bytes32[] private _models;
    uint32 private _season;
    uint40 private _until;

    constructor(address authority) NetworkManaged(authority) {}

    /// @inheritdoc ITopModels
    function setTopModels(bytes32[] calldata models, uint16[] calldata boosts) external restricted {
        require(models.length == boosts.length, ErrorsLib.LengthMismatch(models.length, boosts.length));
        require(models.length <= MAX_MODELS, ModelErrors.TopListTooLong(models.length, MAX_MODELS));
        uint32 season = ++_season;
        for (uint256 i = 0; i < models.length; ++i) {
            _place(models[i], boosts[i], season);
        }
        _models = models;
        _until = uint40(block.timestamp) + SEASON;
        emit TopModelsSet(models, boosts, _until);
    }

    /// @inheritdoc ITopModels
    function boostOf(bytes32 model) public view returns (uint16) {
        Place storage place = _places[model];
        return place.season == _season && block.timestamp < _until ? place.boost : 0;
    }

    /// @inheritdoc ITopModels
    function topModels() external view returns (bytes32[] memory models, uint16[] memory boosts, uint40 until) {
        models = _models;
        boosts = new uint16[](models.length);
        for (uint256 i = 0; i < models.length; ++i) {
            boosts[i] = boostOf(models[i]);
        }
        until = _until;
    }

    function _place(bytes32 model, uint16 boost, uint32 season) private {
        require(model != 0, ModelErrors.DigestZero());
        require(boost <= MAX_BOOST, ModelErrors.ParamOutOfRange("boost", boost, 0, MAX_BOOST));
        Place storage place = _places[model];
        require(place.season != season, ModelErrors.TopModelTwice(model));
        (place.season, place.boost) = (season, boost);
    }
}
