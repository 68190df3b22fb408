import type { CommandTree } from '../cli.ts'
import { aggregatorPauseCommand } from './aggregator/pause/index.ts'
import { aggregatorResumeCommand } from './aggregator/resume/index.ts'
import { aggregatorRunCommand } from './aggregator/run/index.ts'
import { aggregatorStatusCommand } from './aggregator/status/index.ts'
import { auditExportCommand } from './audit/export/index.ts'
import { auditVerifyCommand } from './audit/verify/index.ts'
import { chainClaimCommand } from './chain/claim/index.ts'
import { chainFundCommand } from './chain/fund/index.ts'
import { chainLocalCommand } from './chain/local/index.ts'
import { chainStatusCommand } from './chain/status/index.ts'
import { chainTransferCommand } from './chain/transfer/index.ts'
import { contribDisputeCommand } from './contrib/dispute/index.ts'
import { contribShowCommand } from './contrib/show/index.ts'
import { contribVerifyCommand } from './contrib/verify/index.ts'
import { dataCheckCommand } from './data/check/index.ts'
import { doctorCommand } from './doctor/index.ts'
import { engineInstallCommand } from './engine/install/index.ts'
import { engineListCommand } from './engine/list/index.ts'
import { engineTestCommand } from './engine/test/index.ts'
import { federationAllowCommand } from './federation/allow/index.ts'
import { federationCreateCommand } from './federation/create/index.ts'
import { federationInitCommand } from './federation/init/index.ts'
import { federationShowCommand } from './federation/show/index.ts'
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
import { networkStatusCommand } from './network/status/index.ts'
import { relayRunCommand } from './relay/run/index.ts'
import { runListCommand } from './run/list/index.ts'
import { runShowCommand } from './run/show/index.ts'
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
    chainLocalCommand,
    chainFundCommand,
    chainStatusCommand,
    chainClaimCommand,
    chainTransferCommand,
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
    audit: 'what left this silo',
    contrib: 'what each silo contributed',
    market: 'client tokens and the pool',
    chain: 'local chain, balances, rewards',
  },
}
