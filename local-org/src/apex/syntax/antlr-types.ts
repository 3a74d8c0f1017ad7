import type {
  ApexParserRuleContext,
  ApexParseTree,
  ApexTerminalNode,
  ApexToken,
} from '@apexdevtools/apex-parser';

/** ANTLR's own types, through the door of the Apex parser (it bundles ANTLR). */
export type ParserRuleContext = ApexParserRuleContext;
export type ParseTree = ApexParseTree;
export type TerminalNode = ApexTerminalNode;
export type Token = ApexToken;
