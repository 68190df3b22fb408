import type { CommandTree } from '../cli.ts'
import { aggregatorPauseCommand } from './aggregator/pause/index.ts'
import { aggregatorResumeCommand } from './aggregator/resume/index.ts'
import { aggregatorRunCommand } from './aggregator/run/index.ts'
import { aggregatorStatusCommand } from './aggregator/status/index.ts'
import { allianceClaimCommand } from './alliance/claim/index.ts'
import { allianceCreateCommand } from './alliance/create/index.ts'
import { allianceListCommand } from './alliance/list/index.ts'
import { allianceResignCommand } from './alliance/resign/index.ts'
import { allianceRoundsCommand } from './alliance/rounds/index.ts'
import { allianceStatusCommand } from './alliance/status/index.ts'
import { auditExportCommand } from './audit/export/index.ts'
import { auditVerifyCommand } from './audit/verify/index.ts'
import { beaconRunCommand } from './beacon/run/index.ts'
import { bountyAwardCommand } from './bounty/award/index.ts'
import { bountyListCommand } from './bounty/list/index.ts'
import { bountyOpenCommand } from './bounty/open/index.ts'
import { bountyRefundCommand } from './bounty/refund/index.ts'
import { bountySubmitCommand } from './bounty/submit/index.ts'
import { chainClaimCommand } from './chain/claim/index.ts'
import { chainFundCommand } from './chain/fund/index.ts'
import { chainLocalCommand } from './chain/local/index.ts'
import { chainStatusCommand } from './chain/status/index.ts'
import { chainTransferCommand } from './chain/transfer/index.ts'
import { contribDisputeCommand } from './contrib/dispute/index.ts'
import { contribShowCommand } from './contrib/show/index.ts'
import { contribVerifyCommand } from './contrib/verify/index.ts'
import { daoDelegateCommand } from './dao/delegate/index.ts'
import { daoExecuteCommand } from './dao/execute/index.ts'
import { daoFlagCommand } from './dao/flag/index.ts'
import { daoListCommand } from './dao/list/index.ts'
import { daoParamsCommand } from './dao/params/index.ts'
import { daoProposeCommand } from './dao/propose/index.ts'
import { daoQueueCommand } from './dao/queue/index.ts'
import { daoRefundCommand } from './dao/refund/index.ts'
import { daoVoteCommand } from './dao/vote/index.ts'
import { dataCheckCommand } from './data/check/index.ts'
import { doctorCommand } from './doctor/index.ts'
import { engineInstallCommand } from './engine/install/index.ts'
import { engineListCommand } from './engine/list/index.ts'
import { engineTestCommand } from './engine/test/index.ts'
import { federationAllowCommand } from './federation/allow/index.ts'
import { federationCreateCommand } from './federation/create/index.ts'
import { federationInitCommand } from './federation/init/index.ts'
import { federationShowCommand } from './federation/show/index.ts'
import { giftDraftCommand } from './gift/draft/index.ts'
import { giftListCommand } from './gift/list/index.ts'
import { giftOfferCommand } from './gift/offer/index.ts'
import { giftTakeCommand } from './gift/take/index.ts'
import { initCommand } from './init/index.ts'
import { inviteCreateCommand } from './invite/create/index.ts'
import { inviteListCommand } from './invite/list/index.ts'
import { inviteRevokeCommand } from './invite/revoke/index.ts'
import { joinCommand } from './join/index.ts'
import { marketAddLiquidityCommand } from './market/add-liquidity/index.ts'
import { marketBuyCommand } from './market/buy/index.ts'
import { marketHistoryCommand } from './market/history/index.ts'
import { marketOpenCommand } from './market/open/index.ts'
import { marketPortfolioCommand } from './market/portfolio/index.ts'
import { marketPriceCommand } from './market/price/index.ts'
import { marketQuoteCommand } from './market/quote/index.ts'
import { marketRemoveLiquidityCommand } from './market/remove-liquidity/index.ts'
import { marketSellCommand } from './market/sell/index.ts'
import { modelCardCommand } from './model/card/index.ts'
import { modelExportCommand } from './model/export/index.ts'
import { modelFinetuneCommand } from './model/finetune/index.ts'
import { modelPredictCommand } from './model/predict/index.ts'
import { modelsBuyCommand } from './models/buy/index.ts'
import { modelsFundCommand } from './models/fund/index.ts'
import { modelsListCommand } from './models/list/index.ts'
import { modelsPublishCommand } from './models/publish/index.ts'
import { modelsRateCommand } from './models/rate/index.ts'
import { modelsRedeemCommand } from './models/redeem/index.ts'
import { modelsServeCommand } from './models/serve/index.ts'
import { modelsUpdateCommand } from './models/update/index.ts'
import { modelsUseCommand } from './models/use/index.ts'
import { modelsWithdrawCommand } from './models/withdraw/index.ts'
import { networkStatusCommand } from './network/status/index.ts'
import { relayRunCommand } from './relay/run/index.ts'
import { rewardsActivateCommand } from './rewards/activate/index.ts'
import { rewardsChallengeCommand } from './rewards/challenge/index.ts'
import { rewardsClaimCommand } from './rewards/claim/index.ts'
import { rewardsFundCommand } from './rewards/fund/index.ts'
import { rewardsPublishCommand } from './rewards/publish/index.ts'
import { rewardsRevokeCommand } from './rewards/revoke/index.ts'
import { rewardsStatusCommand } from './rewards/status/index.ts'
import { rewardsWithdrawCommand } from './rewards/withdraw/index.ts'
import { runListCommand } from './run/list/index.ts'
import { runShowCommand } from './run/show/index.ts'
import { stakeAddCommand } from './stake/add/index.ts'
import { stakeCommissionCommand } from './stake/commission/index.ts'
import { stakeDelegateCommand } from './stake/delegate/index.ts'
import { stakeStatusCommand } from './stake/status/index.ts'
import { stakeUndelegateCommand } from './stake/undelegate/index.ts'
import { stakeWithdrawCommand } from './stake/withdraw/index.ts'
import { taskClaimCommand } from './task/claim/index.ts'
import { taskCloseCommand } from './task/close/index.ts'
import { taskCreateCommand } from './task/create/index.ts'
import { taskFundCommand } from './task/fund/index.ts'
import { taskListCommand } from './task/list/index.ts'
import { taskShowCommand } from './task/show/index.ts'
import { taskSubmitCommand } from './task/submit/index.ts'
import { upCommand } from './up/index.ts'

/** Every command, in the order of the help text. */
export const commandTree: CommandTree = {
  commands: [
    upCommand,
    initCommand,
    doctorCommand,
    federationInitCommand,
    federationShowCommand,
    federationCreateCommand,
    federationAllowCommand,
    inviteCreateCommand,
    inviteListCommand,
    inviteRevokeCommand,
    dataCheckCommand,
    engineListCommand,
    engineTestCommand,
    engineInstallCommand,
    joinCommand,
    aggregatorRunCommand,
    aggregatorStatusCommand,
    aggregatorPauseCommand,
    aggregatorResumeCommand,
    networkStatusCommand,
    relayRunCommand,
    runListCommand,
    runShowCommand,
    modelExportCommand,
    modelFinetuneCommand,
    modelPredictCommand,
    modelCardCommand,
    auditExportCommand,
    auditVerifyCommand,
    contribShowCommand,
    contribVerifyCommand,
    contribDisputeCommand,
    marketOpenCommand,
    marketPriceCommand,
    marketQuoteCommand,
    marketBuyCommand,
    marketSellCommand,
    marketAddLiquidityCommand,
    marketRemoveLiquidityCommand,
    marketPortfolioCommand,
    marketHistoryCommand,
    stakeAddCommand,
    stakeWithdrawCommand,
    stakeStatusCommand,
    stakeDelegateCommand,
    stakeUndelegateCommand,
    stakeCommissionCommand,
    daoProposeCommand,
    daoVoteCommand,
    daoFlagCommand,
    daoQueueCommand,
    daoExecuteCommand,
    daoRefundCommand,
    daoDelegateCommand,
    daoListCommand,
    daoParamsCommand,
    taskCreateCommand,
    taskListCommand,
    taskShowCommand,
    taskSubmitCommand,
    taskFundCommand,
    taskClaimCommand,
    taskCloseCommand,
    allianceCreateCommand,
    allianceListCommand,
    allianceStatusCommand,
    allianceResignCommand,
    allianceRoundsCommand,
    allianceClaimCommand,
    beaconRunCommand,
    chainLocalCommand,
    chainFundCommand,
    chainStatusCommand,
    chainClaimCommand,
    chainTransferCommand,
    modelsListCommand,
    modelsPublishCommand,
    modelsUpdateCommand,
    modelsServeCommand,
    modelsRedeemCommand,
    modelsFundCommand,
    modelsBuyCommand,
    modelsUseCommand,
    modelsRateCommand,
    modelsWithdrawCommand,
    bountyOpenCommand,
    bountySubmitCommand,
    bountyAwardCommand,
    bountyRefundCommand,
    bountyListCommand,
    rewardsFundCommand,
    rewardsPublishCommand,
    rewardsStatusCommand,
    rewardsChallengeCommand,
    rewardsRevokeCommand,
    rewardsActivateCommand,
    rewardsClaimCommand,
    rewardsWithdrawCommand,
    giftDraftCommand,
    giftOfferCommand,
    giftTakeCommand,
    giftListCommand,
  ],
  groups: {
    federation: 'plan a federation and put it on a chain',
    invite: 'one word for a silo instead of addresses',
    data: 'look at data without letting it leave',
    engine: 'what trains: processor, graphics card, and how fast',
    aggregator: "the operator's side of a federation",
    network: 'whom the running peer reaches',
    relay: 'a way through firewalls for other peers',
    run: 'rounds, models, seconds',
    model: 'a trained model: take it along, predict, describe it',
    models: 'models that are sold by use, and paid by vouchers',
    bounty: 'money for data or a model that somebody wants',
    rewards: 'rewards that are computed off the chain: publish, check, claim',
    gift: 'tokens that a host shares with its delegators',
    audit: 'what left this silo',
    contrib: 'what each silo contributed',
    market: 'client tokens and the pool',
    stake: 'stake and delegate in a network',
    dao: 'govern a network: proposals, votes, parameters',
    task: 'the arena: tasks, their models and rewards',
    alliance: 'train without an aggregator: found, look at, be paid, leave',
    beacon: 'what roles are drawn by, on a local network',
    chain: 'local chain, balances, rewards',
  },
}
