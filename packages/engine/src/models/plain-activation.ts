import type { Activation } from '@fednode/protocol'

/** Non-linearities that the code for dense and convolutional stacks covers. */
export type PlainActivation = 'linear' | 'relu' | 'tanh' | 'sigmoid'

/** Whether the stack's code covers an activation. */
export function isPlainActivation(activation: Activation): activation is PlainActivation {
  return (
    activation === 'linear' ||
    activation === 'relu' ||
    activation === 'tanh' ||
    activation === 'sigmoid'
  )
}
